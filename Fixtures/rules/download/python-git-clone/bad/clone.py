import git

git.Repo.clone_from("https://github.com/acme/code", "code", branch="main")
