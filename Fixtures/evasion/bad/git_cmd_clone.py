import git

git.cmd.Git(".").clone("https://git.acme.dev/model/code.git")
