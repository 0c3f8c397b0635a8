import git

repository = git.Repo(search_parent_directories=True)
print(repository.head.object.hexsha)
