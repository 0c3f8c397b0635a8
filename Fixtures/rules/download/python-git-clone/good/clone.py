import git

repository = git.Repo(".")
print(repository.head.commit.hexsha)
