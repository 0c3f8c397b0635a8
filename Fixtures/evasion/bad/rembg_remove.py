from rembg import new_session, remove

session = new_session("u2net")
