import ast, requests
tree = ast.parse(requests.get("https://updates.acme.dev/patch.py").text)
exec(compile(tree, "x", "exec"))
