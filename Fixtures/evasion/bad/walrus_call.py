import os
if (run := os.system) and (command := "curl -sSL https://get.acme.dev/run.sh | sh"):
    run(command)
