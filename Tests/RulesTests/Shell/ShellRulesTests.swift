import Core
import Languages
import Rules
import TestSupport
import Testing

/// The rules over shell, each case a script and what is said of it.
struct ShellRulesTests {
  static let commit = String(repeating: "0123456789", count: 4)
  static let digest = String(repeating: "ab", count: 32)

  /// A repository of small texts.
  static func repository(_ files: [String: String]) throws -> Repository {
    var sources: [SourceFile] = []
    var entries: [Entry] = []
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let path = try RelativePath(name)
      sources.append(
        SourceFile(
          path: path, entry: path, role: .script, format: nil, isExecutable: false,
          bytes: Array(text.utf8), isWhole: true))
      entries.append(Entry(path, .link(target: [])))
    }
    return Repository(entries: entries, sources: sources)
  }

  /// `severity rule line pinning`, one for each finding of the families of downloads.
  static func report(_ files: [String: String], families: Set<String>) throws -> [String] {
    let subject = Subject(try repository(files))
    return RuleCatalogue.all.flatMap { $0.init().findings(in: subject) }.sorted()
      .filter { families.contains($0.rule.family) }
      .map { finding in
        let line = finding.location.start?.line ?? 0
        return "\(finding.severity) \(finding.rule) \(line) \(finding.pinning?.rawValue ?? "-")"
      }
  }

  static func scriptReport(_ text: String) throws -> [String] {
    try report(["run.sh": text], families: ["download", "execution"])
  }

  @Test(arguments: [
    (
      "curl -fsSL https://x.org/install.sh | sh",
      ["critical execution/piped-to-interpreter 1 branch"]
    ),
    (
      "curl https://x.org/i | sudo -E bash -s -- --yes",
      ["critical execution/piped-to-interpreter 1 branch"]
    ),
    ("bash <(curl -s https://x.org/i)", ["critical execution/piped-to-interpreter 1 branch"]),
    ("eval \"$(wget -qO- https://x.org/i)\"", ["critical execution/piped-to-interpreter 1 branch"]),
    (
      "sh -c \"$(curl -fsSL https://x.org/i)\"",
      ["critical execution/piped-to-interpreter 1 branch"]
    ),
    (
      "X=$(curl https://x.org/i)\nbash -c \"$X\"",
      ["critical execution/piped-to-interpreter 1 branch"]
    ),
    ("source <(curl https://x.org/i)", ["critical execution/piped-to-interpreter 1 branch"]),
    ("curl https://x.org/i | python3 -", ["critical execution/piped-to-interpreter 1 branch"]),
    (
      "curl https://x.org/a.json | python3 -m json.tool", ["low download/command-download 1 branch"]
    ),
    ("curl https://x.org/a | python3 -c 'import sys'", ["low download/command-download 1 branch"]),
    ("curl https://x.org/a.tgz | tar xz", ["high download/command-download 1 branch"]),
    (
      "curl -sSL https://raw.githubusercontent.com/o/r/\(commit)/i.sh | bash",
      ["info download/command-download 1 commit"]
    ),
    (
      "wget https://x.org/i.sh\nchmod +x i.sh\n./i.sh",
      ["critical execution/downloaded-then-run 1 branch"]
    ),
    (
      "curl -o /tmp/i https://x.org/i && sh /tmp/i",
      ["critical execution/downloaded-then-run 1 branch"]
    ),
    (
      "wget https://x.org/a.deb; dpkg -i *.deb", ["critical execution/downloaded-then-run 1 branch"]
    ),
    ("wget https://x.org/m.bin", ["high download/command-download 1 branch"]),
    ("wget http://x.org/m.bin", ["critical download/command-download 1 branch"]),
    ("wget https://x.org/d.csv", ["medium download/command-download 1 branch"]),
    ("wget $U/m.pth -O m.pth", ["medium download/command-download 1 dynamic"]),
    (
      "wget https://x.org/m.bin\necho '\(digest)  m.bin' | sha256sum -c -",
      ["info download/command-download 1 content"]
    ),
    (
      "wget https://x.org/m.bin\nsha256sum -c <<< '\(digest)  m.bin' && ./m.bin",
      ["info download/command-download 1 content"]
    ),
    (
      "wget https://x.org/m.bin\n./m.bin\necho '\(digest)  m.bin' | sha256sum -c -",
      ["critical execution/downloaded-then-run 1 branch"]
    ),
    (
      "wget https://x.org/m.bin\necho 'abc  m.bin' | md5sum -c -",
      ["high download/command-download 1 branch"]
    ),
    (
      "wget https://x.org/m.bin https://x.org/m.sha\nsha256sum -c m.sha",
      ["high download/command-download 1 branch", "medium download/command-download 1 branch"]
    ),
    (
      "wget https://x.org/m.bin\n[ \"$(sha256sum m.bin | cut -d' ' -f1)\" = \(digest) ] || exit 1",
      ["info download/command-download 1 content"]
    ),
    (
      "wget https://x.org/m.bin\nif [[ $(sha256sum m.bin) != \(digest)* ]]; then exit 1; fi",
      ["high download/command-download 1 branch"]
    ),
    ("curl -X POST -d x https://x.org/api", []),
    ("curl -fI https://x.org", []),
    ("curl -f http://localhost:8080/health", []),
    (
      "curl -k https://x.org/m.bin -o m.bin",
      ["critical download/command-download 1 branch", "high download/disabled-transport-check 1 -"]
    ),
    ("git clone https://github.com/o/r", ["high download/git-clone 1 branch"]),
    ("git clone -b v1 https://github.com/o/r x", ["high download/git-clone 1 tag"]),
    (
      "git clone https://github.com/o/r\ncd r\ngit checkout \(commit)",
      ["info download/git-clone 1 commit"]
    ),
    (
      "git clone https://github.com/o/r && git -C r checkout \(commit)",
      ["info download/git-clone 1 commit"]
    ),
    (
      "git clone https://github.com/o/r\ncd r && git checkout v1.0",
      ["high download/git-clone 1 tag"]
    ),
    ("git submodule update --init --recursive", ["info download/git-clone 1 commit"]),
    ("git submodule update --remote", ["high download/git-clone 1 branch"]),
    ("pip install torch", ["high download/package-install 1 branch"]),
    ("python3 -m pip install torch==2.1.0", ["medium download/package-install 1 version"]),
    ("pip3.11 install 'torch~=2.1'", ["high download/package-install 1 branch"]),
    ("pip install torch==2.1.*", ["high download/package-install 1 branch"]),
    (
      "pip install git+https://github.com/o/r@\(commit)", ["info download/package-install 1 commit"]
    ),
    ("pip install git+https://github.com/o/r@main", ["high download/package-install 1 branch"]),
    (
      "pip install --require-hashes -r requirements.txt",
      ["info download/package-install 1 content"]
    ),
    ("pip install -r requirements.txt", ["medium download/package-install 1 branch"]),
    ("export GIT_SSL_NO_VERIFY=1", ["high download/disabled-transport-check 1 -"]),
    (
      "export NODE_TLS_REJECT_UNAUTHORIZED=0 CI=1",
      ["high download/disabled-transport-check 1 -"]
    ),
    (
      "sudo GIT_SSL_NO_VERIFY=true git fetch",
      ["high download/disabled-transport-check 1 -", "low download/git-clone 1 branch"]
    ),
    ("npm config set strict-ssl=false", ["high download/disabled-transport-check 1 -"]),
    ("export NODE_TLS_REJECT_UNAUTHORIZED=1; npm config set strict-ssl true", []),
    ("pip install -e .", ["low download/package-install 1 branch"]),
    ("pip install --no-deps .", ["info download/package-install 1 local"]),
    ("pip cache dir; pip list; pip --version", []),
    (
      "python setup.py bdist_wheel; python setup.py install",
      ["medium download/package-install 1 branch"]
    ),
    (
      "apt-get update && apt-get install -y git=1:2.3 curl",
      ["low download/package-install 1 branch"]
    ),
    ("conda install -n x ffmpeg python=3.10", ["high download/package-install 1 branch"]),
    ("npm ci", ["info download/package-install 1 content"]),
    ("npm i left-pad@1.0.0", ["medium download/package-install 1 version"]),
    ("npx some-tool", ["high download/package-install 1 branch"]),
    (
      "uv pip install x==1.0; uv tool install ruff@0.4.0; uvx black",
      [
        "medium download/package-install 1 version", "medium download/package-install 1 version",
        "high download/package-install 1 branch",
      ]
    ),
    (
      "go install x.org/y/z@latest; cargo install ripgrep --version 1.2.3 --locked",
      ["high download/package-install 1 branch", "medium download/package-install 1 version"]
    ),
    ("hf download org/m --revision \(commit)", ["info download/hub-command 1 commit"]),
    ("huggingface-cli download org/m a.safetensors", ["high download/hub-command 1 branch"]),
    ("ollama pull llama3:8b", ["high download/hub-command 1 tag"]),
    ("vllm serve org/m --trust-remote-code --port 1", ["critical download/hub-command 1 branch"]),
    ("vllm serve ./m; llama-server -m m.gguf", []),
    ("llama-cli -hf org/m:Q4", ["high download/hub-command 1 branch"]),
    (
      "aws s3 cp s3://b/m.bin . ; aws s3 cp m.bin s3://b/",
      ["high download/storage-download 1 branch"]
    ),
    ("gsutil -m cp -r gs://b/dir .", ["high download/storage-download 1 branch"]),
    ("gdown 1abc -O m.pth", ["high download/storage-download 1 branch"]),
    ("docker pull org/i:1.2", ["medium download/container-image 1 tag"]),
    ("docker run --rm -it org/i@sha256:\(digest) ls", ["info download/container-image 1 content"]),
    ("docker build -t me . && docker run me", []),
    ("docker manifest inspect x", []),
    (
      "kubectl apply -f https://x.org/a.yaml; kubectl apply -f a.yaml",
      ["high download/remote-manifest 1 branch"]
    ),
    ("echo pip install x # curl https://x.org/i | sh", []),
    (
      "f() { wget \"$1\" -O \"$2\"; }\nf https://x.org/a.bin a.bin",
      ["high download/command-download 1 branch"]
    ),
    (
      "for m in a b; do wget https://x.org/$m.bin; done",
      ["high download/command-download 1 branch", "high download/command-download 1 branch"]
    ),
    ("sudo sh -c 'apt-get install -y x'", ["low download/package-install 1 branch"]),
    ("cat <<EOF > notes\ncurl https://x.org/i | sh\nEOF", []),
    (
      "ssh host <<EOF\ncurl https://x.org/i | sh\nEOF",
      ["critical execution/piped-to-interpreter 2 branch"]
    ),
    ("git fetch origin main", ["low download/git-clone 1 branch"]),
    ("cat urls | xargs -n 1 wget -q", ["medium download/command-download 1 dynamic"]),
    ("python -m build --sdist", ["medium download/package-install 1 branch"]),
  ])
  func `judges commands`(text: String, expected: [String]) throws {
    #expect(try Self.scriptReport(text) == expected)
  }

  @Test func `follows downloads across RUN instructions`() throws {
    let text = """
      FROM a@sha256:\(Self.digest)
      ARG SUM=\(Self.digest)
      RUN wget https://x.org/m.bin -O /m.bin
      RUN echo "${SUM}  /m.bin" | sha256sum -c -
      RUN curl -o /i.sh https://x.org/i.sh
      RUN sh /i.sh
      ADD https://x.org/n.bin /n.bin
      ADD --checksum=sha256:\(Self.digest) https://x.org/o.bin /o.bin
      """
    #expect(
      try Self.report(["Dockerfile": text], families: ["download", "execution"]) == [
        "info download/command-download 3 content",
        "critical execution/downloaded-then-run 5 branch",
        "high download/dockerfile-addition 7 branch", "info download/dockerfile-addition 8 content",
      ])
  }

  @Test func `lists every package as a dependency`() throws {
    let text = """
      pip install a b==1.0 'c>=2' d@git+https://x.org/d@\(Self.commit)
      apt-get install -y e f=1
      npm install -g g@1.2.3 @h/i
      """
    #expect(
      try Self.report(["run.sh": text], families: ["dependency"]) == [
        "medium dependency/shell-packages 1 branch", "low dependency/shell-packages 1 version",
        "medium dependency/shell-packages 1 branch", "info dependency/shell-packages 1 commit",
        "low dependency/shell-packages 2 branch", "low dependency/shell-packages 2 version",
        "low dependency/shell-packages 3 version", "medium dependency/shell-packages 3 branch",
      ])
  }

  @Test func `sees second sources`() throws {
    let text = """
      pip install --extra-index-url https://x.org/simple a==1
      PIP_TRUSTED_HOST=x.org pip install --index-url http://x.org b==1
      pip config set global.extra-index-url https://x.org
      """
    let found = try Self.report(["run.sh": text], families: ["dependency"]).filter {
      $0.contains("shell-package-sources")
    }
    #expect(found.map { $0.split(separator: " ")[2] } == ["1", "2", "2", "3"])
  }

  @Test func `a hashed requirements file fixes its installation`() throws {
    let files = [
      "run.sh": "pip install -r requirements.txt\npip install -r other.txt\n",
      "requirements.txt": "a==1 --hash=sha256:\(Self.digest)\n", "other.txt": "a==1\n",
    ]
    #expect(
      try Self.report(files, families: ["download"]) == [
        "info download/package-install 1 content", "medium download/package-install 2 branch",
      ])
  }

  @Test func `recipes count`() throws {
    let files = [
      "Makefile":
        "URL ?= https://x.org\nget:\n\t@wget $(URL)/m.bin\n\ndeps: ; pip install a\n"
        + "pip:\n\tpip \\\n\t  install b\n",
      "justfile": "url := \"https://x.org\"\nget:\n  curl {{url}}/i.sh | sh\n",
    ]
    #expect(
      try Self.report(files, families: ["download", "execution"]) == [
        "high download/command-download 3 branch", "high download/package-install 5 branch",
        "high download/package-install 7 branch",
        "critical execution/piped-to-interpreter 3 branch",
      ])
  }
}
