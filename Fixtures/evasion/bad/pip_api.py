from pip._internal.cli.main import main
main(["install", "https://files.acme.dev/pkg.whl"])
