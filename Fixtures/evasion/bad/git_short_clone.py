from git import Git, Repo

Git(".").clone("https://git.acme.dev/model/code.git")
Repo.clone_from(url="https://git.acme.dev/model/code.git", to_path="code")
