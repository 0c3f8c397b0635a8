/// Commands that run the command given in their arguments.
package enum ShellWrappers {
  /// How to find the inner command among a wrapper's arguments.
  struct Shape {
    /// Options that take a value in the next word.
    var valued: Set<String> = []
    /// Words before the inner command that are no options.
    var positional = 0
    /// Whether `NAME=value` words may stand in front.
    var assigns = false
    /// A first argument that must be there: `run` of `conda run`.
    var verbs: Set<String> = []
  }

  static let shapes: [String: Shape] = [
    "sudo": Shape(
      valued: ["-u", "-g", "-h", "-p", "-C", "-T", "-r", "-t", "-U", "-D", "-R"], assigns: true),
    "doas": Shape(valued: ["-u", "-C"]),
    "env": Shape(
      valued: ["-u", "--unset", "-C", "--chdir", "-S", "--split-string"], assigns: true),
    "command": Shape(),
    "builtin": Shape(),
    "exec": Shape(valued: ["-a"]),
    "nohup": Shape(),
    "setsid": Shape(),
    "time": Shape(valued: ["-f", "-o"]),
    "timeout": Shape(valued: ["-s", "--signal", "-k", "--kill-after"], positional: 1),
    "gtimeout": Shape(valued: ["-s", "-k"], positional: 1),
    "nice": Shape(valued: ["-n", "--adjustment"]),
    "ionice": Shape(valued: ["-c", "-n", "-p"]),
    "chrt": Shape(positional: 1),
    "taskset": Shape(positional: 1),
    "numactl": Shape(valued: ["-C", "-m", "-N"]),
    "stdbuf": Shape(valued: ["-i", "-o", "-e"]),
    "unbuffer": Shape(),
    "strace": Shape(valued: ["-e", "-o", "-p", "-s"]),
    "ltrace": Shape(),
    "catchsegv": Shape(),
    "xargs": Shape(
      valued: [
        "-I", "-n", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs", "--arg-file",
        "--delimiter",
      ]),
    "parallel": Shape(
      valued: [
        "-j", "--jobs", "-a", "--arg-file", "-d", "-n", "-N", "-L", "--colsep", "-I", "--retries",
        "--delay", "--timeout",
      ]),
    "chroot": Shape(positional: 1),
    "arch-chroot": Shape(positional: 1),
    "proot": Shape(valued: ["-r", "-b", "-w", "-R", "-S", "-q", "-k"]),
    "bwrap": Shape(
      valued: ["--chdir", "--unsetenv", "--cap-add", "--cap-drop", "--hostname", "--proc", "--dev"]
    ),
    "unshare": Shape(valued: ["-R", "-w", "-S", "-G"]),
    "nsenter": Shape(valued: ["-t", "--target", "-S", "-G"]),
    "systemd-nspawn": Shape(valued: ["-D", "--directory", "-M", "-i", "-u"]),
    "systemd-run": Shape(
      valued: [
        "-p", "--property", "-u", "--unit", "-H", "-M", "--description", "--slice", "-E",
        "--setenv", "--uid", "--gid", "--nice", "--working-directory", "--on-active",
        "--on-calendar", "--on-boot",
      ]),
    "systemd-inhibit": Shape(),
    "systemd-cat": Shape(valued: ["-t", "-p"]),
    "firejail": Shape(),
    "cgexec": Shape(valued: ["-g"]),
    "cpulimit": Shape(valued: ["-l", "-p", "-e"]),
    "setpriv": Shape(valued: ["--reuid", "--regid", "--groups"]),
    "setarch": Shape(positional: 1),
    "linux32": Shape(),
    "linux64": Shape(),
    "prlimit": Shape(),
    "gosu": Shape(positional: 1),
    "su-exec": Shape(positional: 1),
    "s6-setuidgid": Shape(positional: 1),
    "chpst": Shape(valued: ["-u", "-U", "-e", "-b", "-n", "-l"]),
    "with-contenv": Shape(),
    "pkexec": Shape(valued: ["--user"]),
    "tini": Shape(valued: ["-p", "-e"]),
    "dumb-init": Shape(valued: ["-r"]),
    "faketime": Shape(valued: ["-f"], positional: 1),
    "dbus-run-session": Shape(),
    "dbus-launch": Shape(),
    "caffeinate": Shape(valued: ["-t", "-w"]),
    "rlwrap": Shape(),
    "valgrind": Shape(),
    "toybox": Shape(),
    "fakeroot": Shape(),
    "busybox": Shape(),
    "watch": Shape(valued: ["-n", "--interval"]),
    "retry": Shape(valued: ["-t", "-d", "--times", "--delay"]),
    "xvfb-run": Shape(valued: ["-s", "-n", "-e", "-f", "-p", "--server-args"]),
    "proxychains": Shape(valued: ["-f"]),
    "proxychains4": Shape(valued: ["-f"]),
    "torsocks": Shape(),
    "dotenv": Shape(valued: ["-f", "-e"]),
    "direnv": Shape(positional: 1, verbs: ["exec"]),
    "conda": Shape(valued: ["-n", "--name", "-p", "--prefix", "--cwd"], verbs: ["run"]),
    "mamba": Shape(valued: ["-n", "--name", "-p", "--prefix", "--cwd"], verbs: ["run"]),
    "micromamba": Shape(valued: ["-n", "--name", "-p", "--prefix", "--cwd", "-r"], verbs: ["run"]),
    "poetry": Shape(valued: ["-C", "-P", "--directory"], verbs: ["run"]),
    "pipenv": Shape(verbs: ["run"]),
    "pdm": Shape(valued: ["-p", "-s"], verbs: ["run"]),
    "rye": Shape(verbs: ["run"]),
    "hatch": Shape(valued: ["-e"], verbs: ["run"]),
    "bundle": Shape(verbs: ["exec"]),
    "srun": Shape(valued: schedulerOptions),
    "mpirun": Shape(valued: ["-n", "-np", "-H", "--hostfile", "-x"]),
    "mpiexec": Shape(valued: ["-n", "-np", "-H", "--hostfile", "-x"]),
    "then": Shape(),
  ]

  /// Commands that run others as jobs of a cluster.
  package static let schedulers: Set<String> = ["srun", "sbatch", "salloc"]

  private static let schedulerOptions: Set<String> = [
    "-n", "-N", "-p", "-c", "-t", "-J", "-G", "-w", "-A", "-o", "-e", "--container-image",
    "--container-mounts", "--container-name", "--container-workdir", "--partition", "--nodes",
    "--ntasks", "--gres", "--gpus", "--cpus-per-task", "--mem", "--time", "--job-name", "--account",
    "--output", "--error", "--nodelist", "--ntasks-per-node", "--gpus-per-node", "--qos", "--mpi",
  ]

  /// Wrappers whose command may be one word that a shell splits.
  private static let holdsText: Set<String> = ["watch", "parallel"]

  /// Where the command itself begins; always a place within `fields`.
  static func start(of fields: [ShellField]) -> Int {
    var start = 0
    // Wrappers around wrappers: `sudo -E nice timeout 5 wget …`.
    while start < fields.count {
      guard let first = fields[start].text else { return start }
      let name = first.split(separator: "/").last.map(String.init) ?? first
      guard let shape = shapes[name], let inner = skip(shape, name, fields, from: start + 1),
        inner < fields.count
      else { return start }
      // `watch 'curl … | sh'` is text for a shell.
      if holdsText.contains(name), fields[inner].display.contains(" ") { return start }
      start = inner
    }
    return min(start, fields.count - 1)
  }

  private static func skip(
    _ shape: Shape, _ name: String, _ fields: [ShellField], from first: Int
  ) -> Int? {
    var index = first
    var positional = shape.positional
    var needsVerb = !shape.verbs.isEmpty
    while index < fields.count {
      let word = fields[index].display
      if word == "--" {
        index += 1
        if positional == 0, !needsVerb { return index }
      } else if word.hasPrefix("-"), word.count > 1 {
        // `command -v` and `-V` ask, they do not run.
        if name == "command", word == "-v" || word == "-V" { return nil }
        if name == "env", word.hasPrefix("-S"), word.count > 2 { return nil }
        index += shape.valued.contains(word) ? 2 : 1
      } else if shape.assigns, let equals = word.firstIndex(of: "="),
        word[..<equals].utf8.allSatisfy(\.isNameByte)
      {
        index += 1
      } else if needsVerb {
        guard shape.verbs.contains(word) else { return nil }
        needsVerb = false
        index += 1
      } else if positional > 0 {
        positional -= 1
        index += 1
      } else {
        return index
      }
    }
    return nil
  }

  /// The first argument that is no option.
  package static func afterOptions(
    _ arguments: [ShellField], from first: Int = 0, taking valued: Set<String>
  ) -> Int {
    var index = first
    while index < arguments.count {
      let word = arguments[index].display
      guard word.hasPrefix("-"), word.count > 1 else { return index }
      index += valued.contains(word) ? 2 : 1
    }
    return min(index, arguments.count)
  }

  /// Options of `docker run` and `exec` that take a value in the next word.
  package static let containerOptions: Set<String> = [
    "-a", "-c", "-e", "-h", "-l", "-m", "-p", "-u", "-v", "-w", "--add-host", "--annotation",
    "--attach", "--cap-add", "--cap-drop", "--cgroup-parent", "--cidfile", "--cpus",
    "--cpuset-cpus",
    "--device", "--dns", "--entrypoint", "--env", "--env-file", "--expose", "--gpus",
    "--group-add", "--health-cmd", "--hostname", "--ip", "--ipc", "--label", "--link",
    "--log-driver", "--log-opt", "--memory", "--mount", "--name", "--net", "--network",
    "--pid", "--platform", "--publish", "--pull", "--restart", "--runtime", "--security-opt",
    "--shm-size", "--stop-signal", "--sysctl", "--tmpfs", "--ulimit", "--user", "--userns",
    "--uts", "--volume", "--volumes-from", "--workdir", "--bind", "-B", "-H", "--host", "--context",
  ]

  /// The place of the image in the arguments of `docker run`, nil for other verbs.
  package static func containerImage(_ arguments: [ShellField]) -> Int? {
    var verb = afterOptions(arguments, taking: containerOptions)
    if verb < arguments.count, arguments[verb].display == "container" { verb += 1 }
    guard verb < arguments.count,
      ["run", "create", "exec", "shell"].contains(arguments[verb].display)
    else { return nil }
    let image = afterOptions(arguments, from: verb + 1, taking: containerOptions)
    return image < arguments.count ? image : nil
  }

  /// The place of the command inside the container, or of what runs in a service of compose.
  static func containerCommand(_ name: String, _ arguments: [ShellField]) -> Int? {
    let verb = afterOptions(arguments, taking: containerOptions)
    let isCompose = verb < arguments.count && arguments[verb].display == "compose"
    guard isCompose || name.hasSuffix("-compose") else {
      return containerImage(arguments).map { $0 + 1 }.flatMap { $0 < arguments.count ? $0 : nil }
    }
    let files: Set<String> = ["-f", "--file", "--profile", "--project-directory"]
    let inner = afterOptions(
      arguments, from: isCompose ? verb + 1 : 0, taking: containerOptions.union(files))
    guard inner < arguments.count, ["run", "exec"].contains(arguments[inner].display) else {
      return nil
    }
    let service = afterOptions(arguments, from: inner + 1, taking: containerOptions)
    return service + 1 < arguments.count ? service + 1 : nil
  }

  /// The place of the command in `uv run …`, `pixi run …`.
  static func runCommand(_ name: String, _ arguments: [ShellField]) -> Int? {
    let verb = afterOptions(arguments, taking: ["--directory", "--project", "--config-file"])
    guard verb < arguments.count, arguments[verb].display == "run" else { return nil }
    let inner = afterOptions(
      arguments, from: verb + 1,
      taking: [
        "--with", "--with-editable", "--with-requirements", "--extra", "--group", "--only-group",
        "--python", "-p", "--env-file", "--index-url", "-i", "--extra-index-url", "--index",
        "--package", "--refresh-package", "-e", "--environment", "--manifest-path",
      ])
    return inner < arguments.count ? inner : nil
  }
}
