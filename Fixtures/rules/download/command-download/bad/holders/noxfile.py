import nox


@nox.session
def model(session):
    session.run("wget", "https://models.example.org/nox.bin", external=True)
