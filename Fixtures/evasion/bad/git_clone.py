import git

git.Repo.clone_from("https://github.com/org/code", "code")
