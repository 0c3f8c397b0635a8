import Core
import Formats
import Languages
import Rules
import TestSupport
import Testing

/// Manifests one by one: what of them is reported, and in which line. Lines that stand for things
/// properly fixed are among them, and must stay unreported.
struct ManifestFormsTests {
  static let commit = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
  static let digest = String(repeating: "0123456789abcdef", count: 4)

  typealias Case = ConfigurationTests.Case

  static let all = settings + python + serving + builds + registries

  @Test(arguments: all)
  func `what is open is reported, and nothing else`(item: Case) throws {
    let found = try ConfigurationTests.report(item.files).map {
      $0.split(separator: " ").dropLast().joined(separator: " ")
    }
    #expect(found == item.expected)
  }

  @Test func `names of manifests are known to the crawl`() {
    for name in ManifestTable.names {
      let kind = FileKind.named(Array(name.utf8))
      let texts: FileClaims = [.text, .json, .yaml, .toml, .manifest, .python, .markdown]
      #expect(kind.map { !$0.claims.isDisjoint(with: texts) } ?? false, "\(name)")
    }
  }

  @Test(arguments: all)
  func `damaged manifests neither crash nor hang`(item: Case) throws {
    var random = TestRandom(seed: 20)
    for (name, text) in item.files {
      for _ in 0..<4 {
        let bytes = Mutation.of(Array(text.utf8), using: &random)
        _ = try ConfigurationTests.report([name: String(decoding: bytes, as: UTF8.self)])
      }
    }
  }
}

extension ManifestFormsTests {
  static let settings: [Case] = [
    Case(
      name: "pip",
      files: [
        "pip.conf": """
        [global]
        index-url = https://pypi.org/simple
        extra_index_url =
            https://a.example/simple
            https://b.example/simple
        timeout = 60
        [install]
        trusted-host = a.example
        find-links = ./wheels
        """
      ],
      expected: [
        "pip.conf:4 dependency/dependency-confusion", "pip.conf:5 dependency/dependency-confusion",
        "pip.conf:8 dependency/tls-disabled",
      ]),
    Case(
      name: "npm and yarn",
      files: [
        ".npmrc": """
        # registry=https://c.example
        registry=https://registry.npmjs.org/
        @scope:registry = "https://a.example/"
        strict-ssl=false
        save-exact=true
        """,
        "sub/.yarnrc.yml": """
        nodeLinker: node-modules
        npmRegistryServer: "https://registry.yarnpkg.com"
        npmScopes:
          mine:
            npmRegistryServer: http://a.example
        enableStrictSsl: false
        """,
        "old/.yarnrc": "registry \"https://a.example\"\nyarn-offline-mirror \"./mirror\"\n",
      ],
      expected: [
        ".npmrc:3 dependency/replaced-index", ".npmrc:4 dependency/tls-disabled",
        "old/.yarnrc:1 dependency/replaced-index", "sub/.yarnrc.yml:5 dependency/replaced-index",
        "sub/.yarnrc.yml:5 dependency/tls-disabled", "sub/.yarnrc.yml:6 dependency/tls-disabled",
      ]),
    Case(
      name: "conda",
      files: [
        ".condarc": """
        channels:
          - conda-forge
          - https://a.example/channel
        ssl_verify: false
        """
      ],
      expected: [
        ".condarc:3 dependency/dependency-confusion", ".condarc:4 dependency/tls-disabled",
      ]),
    Case(
      name: "wrappers of build tools",
      files: [
        "gradle/wrapper/gradle-wrapper.properties": """
        #comment
        distributionUrl=https\\://services.gradle.org/distributions/gradle-8.0-bin.zip
        zipStorePath=wrapper/dists
        """,
        "b/gradle-wrapper.properties": """
        distributionUrl=https\\://services.gradle.org/distributions/gradle-8.0-bin.zip
        distributionSha256Sum=\(digest)
        """,
      ],
      expected: ["gradle/wrapper/gradle-wrapper.properties:2 download/unfixed-declaration"]),
  ]

  static let python: [Case] = [
    Case(
      name: "sources of uv stand where they are written",
      files: [
        "pyproject.toml": """
        [project]
        name = "x"
        dependencies = [
          "a", "b==1.0",
          "c",
        ]
        [project.optional-dependencies]
        more = ["a"]
        [tool.uv.sources]
        a = { git = "https://example.org/a.git", branch = "main" }
        c = { git = "https://example.org/c.git", rev = "\(commit)" }
        d = { git = "https://example.org/d.git", tag = "v1" }
        e = { workspace = true }
        """
      ],
      expected: [
        "pyproject.toml:4 dependency/unhashed-requirement",
        "pyproject.toml:10 dependency/unpinned-git-dependency",
        "pyproject.toml:12 dependency/unpinned-git-dependency",
      ]),
    Case(
      name: "sessions of nox and tasks of Invoke",
      files: [
        "noxfile.py": """
        import nox
        @nox.session(python=["3.12"])
        def tests(s):
            s.install("pytest")
            s.run("pip", "install", "more")
        def other(s):
            s.install("not a session")
        """,
        "tasks.py": """
        from invoke import task
        @task
        def get(c):
            c.run("wget https://example.org/m")
        def other(c):
            c.run("wget https://example.org/n")
        """,
      ],
      expected: [
        "noxfile.py:4 dependency/unpinned-requirement",
        "noxfile.py:5 dependency/shell-packages", "noxfile.py:5 download/package-install",
        "tasks.py:4 download/command-download",
      ]),
    Case(
      name: "tasks of pixi",
      files: [
        "pixi.toml": """
        [tasks]
        get = "curl -LO https://example.org/m"
        test = { cmd = "pytest", depends-on = ["get"] }
        list = { cmd = ["wget", "https://example.org/n"] }
        [feature.gpu.tasks]
        more = "wget https://example.org/k"
        """
      ],
      expected: [
        "pixi.toml:2 download/command-download", "pixi.toml:4 download/command-download",
        "pixi.toml:6 download/command-download",
      ]),
    Case(
      name: "tox in TOML",
      files: [
        "pyproject.toml": """
        [tool.tox]
        legacy_tox_ini = '''
        [testenv]
        deps =
            pytest
            ruff==0.4.1
        '''
        """,
        "sub/tox.toml": """
        requires = ["tox-uv"]
        [env_run_base]
        deps = ["pytest>=8", "-r gone.txt"]
        commands = [["pip", "install", "more"], ["pytest"]]
        [env.lint]
        deps = ["ruff"]
        """,
      ],
      expected: [
        "pyproject.toml:5 dependency/unpinned-requirement",
        "pyproject.toml:6 dependency/unhashed-requirement",
        "sub/tox.toml:1 dependency/unpinned-requirement",
        "sub/tox.toml:3 dependency/unpinned-requirement",
        "sub/tox.toml:3 repository/unreadable-manifest",
        "sub/tox.toml:4 dependency/shell-packages", "sub/tox.toml:4 download/package-install",
        "sub/tox.toml:6 dependency/unpinned-requirement",
      ]),
    Case(
      name: "recipes of conda",
      files: [
        "a/meta.yaml": """
        {% set version = "1.0" %}
        package:
          name: x
        source:
          - url: https://example.org/a.tar.gz
            sha256: \(digest)
          - url: https://example.org/b.tar.gz
          - git_url: https://example.org/c.git
            git_rev: \(commit)
          - git_url: https://example.org/d.git
            git_rev: main
        build:
          script: {{ PYTHON }} -m pip install extra
        requirements:
          run:
            - numpy
            - {{ pin_compatible('torch') }}
        """,
        "b/recipe.yaml": """
        source:
          url: https://example.org/x-${{ version }}.tar.gz
        build:
          script:
            - curl -LO https://example.org/m
            - if: unix
        requirements:
          host:
            - cmake
        """,
        "c/meta.yaml": "name: example\nsource: data\nversion: 1\n",
      ],
      expected: [
        "a/meta.yaml:7 download/unfixed-declaration",
        "a/meta.yaml:10 download/unfixed-declaration",
        "a/meta.yaml:13 dependency/shell-packages", "a/meta.yaml:13 download/package-install",
        "a/meta.yaml:16 dependency/unpinned-requirement",
        "b/recipe.yaml:2 download/unfixed-declaration",
        "b/recipe.yaml:5 download/command-download",
        "b/recipe.yaml:9 dependency/unpinned-build-requirement",
      ]),
  ]

  static let serving: [Case] = [
    Case(
      name: "Truss",
      files: [
        "config.yaml": """
        model_name: x
        requirements:
          - torch
          - -r more.txt
        system_packages: [ffmpeg]
        base_image:
          image: python:3@sha256:\(digest)
        model_cache:
          - repo_id: org/model
            revision: main
          - repo_id: org/other
            revision: \(commit)
        build_commands:
          - wget https://example.org/m
        external_data:
          - url: https://example.org/data.bin
        """,
        "more.txt": "numpy==1.0 --hash=sha256:\(digest)\n",
        "other/config.yaml": "requirements:\n  - torch\nname: x\n",
      ],
      expected: [
        "config.yaml:3 dependency/unpinned-requirement",
        "config.yaml:5 dependency/unpinned-system-package",
        "config.yaml:9 download/unfixed-declaration",
        "config.yaml:14 download/command-download", "config.yaml:16 download/unfixed-declaration",
      ]),
    Case(
      name: "BentoML, MLflow and Ray",
      files: [
        "bentofile.yaml": """
        service: "service:S"
        python:
          packages:
            - torch
            - numpy==1.0
          extra_index_url: https://a.example/simple
        docker:
          base_image: python:3
        """,
        "MLproject": """
        name: x
        docker_env:
          image: python:3
        entry_points:
          main:
            command: "python x.py"
        """,
        "python_env.yaml": """
        python: "3.8"
        build_dependencies:
          - pip
        dependencies:
          - torch
        """,
        "serve.yaml": """
        applications:
          - name: x
            runtime_env:
              pip: [torch]
              working_dir: https://example.org/code.zip
        """,
      ],
      expected: [
        "MLproject:3 dependency/unpinned-image",
        "bentofile.yaml:4 dependency/unpinned-requirement",
        "bentofile.yaml:5 dependency/unhashed-requirement",
        "bentofile.yaml:6 dependency/dependency-confusion",
        "bentofile.yaml:8 dependency/unpinned-image",
        "python_env.yaml:3 dependency/unpinned-build-requirement",
        "python_env.yaml:5 dependency/unpinned-requirement",
        "serve.yaml:4 dependency/unpinned-requirement",
        "serve.yaml:5 download/unfixed-declaration",
      ]),
    Case(
      name: "DVC and Snakemake",
      files: [
        "a.dvc": """
        deps:
          - path: data
            repo:
              url: https://example.org/data.git
              rev_lock: \(commit)
        outs: [{md5: 0123456789abcdef0123456789abcdef, path: data}]
        """,
        "b.dvc": "deps:\n- path: x\n  repo: {url: 'https://example.org/x.git', rev: main}\n",
        "c.dvc": "outs: [{md5: 0123456789abcdef0123456789abcdef, path: model.pt}]\n",
        "Snakefile": """
        rule a:
            container: "docker://python:3"
            shell: "true"
        rule b:
            singularity:
                "docker://python@sha256:\(digest)"
            wrapper: "v1.0/bio/x"
            # container: "docker://python:3"
        module c:
            snakefile: github("org/repo", path="S", commit="\(commit)")
        module d:
            snakefile: github("org/repo", path="S", tag="v1")
        rule e:
            input: storage("https://example.org/data")
        """,
      ],
      expected: [
        "Snakefile:2 dependency/unpinned-image", "Snakefile:7 download/unfixed-declaration",
        "Snakefile:12 download/unfixed-declaration", "Snakefile:14 download/unfixed-declaration",
        "b.dvc:3 download/unfixed-declaration",
      ]),
  ]

  static let builds: [Case] = [
    Case(
      name: "Gradle",
      files: [
        "app/build.gradle": """
        plugins { id 'java' }
        def lite = '2.+'
        dependencies {
          implementation 'org.tensorflow:tensorflow-lite:2.+'
          implementation "org.tensorflow:tensorflow-lite-gpu:$lite"
          implementation project(':core')
          // implementation 'org.example:no:1.+'
          testImplementation group: 'junit', name: 'junit', version: '4.12'
        }
        repositories { maven { url 'https://jitpack.io' } }
        apply from: 'download.gradle'
        task get(type: Download) { src 'https://example.org/m.tflite' }
        """,
        "gradle/libs.versions.toml": """
        [versions]
        kotlin = "1.9.0"
        [libraries]
        a = { module = "org.example:a", version.ref = "kotlin" }
        b = "org.example:b:1.+"
        c = { group = "org.example", name = "c", version = "latest.release" }
        """,
      ],
      expected: [
        "app/build.gradle:4 dependency/unpinned-requirement",
        "app/build.gradle:5 dependency/unpinned-requirement",
        "app/build.gradle:8 dependency/unhashed-requirement",
        "app/build.gradle:12 download/unfixed-declaration",
        "gradle/libs.versions.toml:4 dependency/unhashed-requirement",
        "gradle/libs.versions.toml:5 dependency/unpinned-requirement",
        "gradle/libs.versions.toml:6 dependency/unpinned-requirement",
      ]),
    Case(
      name: "Maven and .NET",
      files: [
        "pom.xml": """
        <project>
          <properties><a.version>1.0</a.version></properties>
          <dependencies>
            <!-- <dependency><groupId>g</groupId><artifactId>no</artifactId></dependency> -->
            <dependency>
              <groupId>g</groupId><artifactId>a</artifactId><version>${a.version}</version>
            </dependency>
            <dependency>
              <groupId>g</groupId><artifactId>b</artifactId><version>LATEST</version>
            </dependency>
            <dependency><groupId>g</groupId><artifactId>c</artifactId></dependency>
            <dependency>
              <groupId>g</groupId><artifactId>d</artifactId><version>[1.0,2.0)</version>
            </dependency>
          </dependencies>
        </project>
        """,
        "x.csproj": """
        <Project>
          <ItemGroup>
            <PackageReference Include="A" Version="1.*" />
            <PackageReference Include="B"><Version>1.2.3</Version></PackageReference>
            <PackageReference Include="C" />
          </ItemGroup>
        </Project>
        """,
        "locked/y.csproj": "<Project><PackageReference Include=\"A\" Version=\"1.0\" /></Project>",
        "locked/packages.lock.json":
          "{\"dependencies\": {\"net8\": {\"A\": {\"resolved\": \"1.0\", \"contentHash\": \""
          + String(repeating: "A", count: 86) + "==\"}}}}",
      ],
      expected: [
        "pom.xml:5 dependency/unhashed-requirement", "pom.xml:8 dependency/unpinned-requirement",
        "pom.xml:12 dependency/unpinned-requirement", "x.csproj:3 dependency/unpinned-requirement",
        "x.csproj:4 dependency/unhashed-requirement",
        "x.csproj:5 dependency/unpinned-requirement",
      ]),
    Case(
      name: "Bazel, Task and Cargo",
      files: [
        "BUILD.bazel": """
        genrule(
            name = "m",
            outs = ["m"],
            cmd = "curl -L https://example.org/m -o $@",
        )
        genrule(name = "n", srcs = ["a"], outs = ["n"], cmd = "cp $(location a) $@")
        """,
        "Taskfile.yml": """
        version: '3'
        includes:
          far: https://example.org/Taskfile.yml
          near: ./sub
        tasks:
          a: wget https://example.org/m
          b: [echo hello]
        """,
        "Cargo.toml": """
        [patch.crates-io]
        a = { git = "https://example.org/a.git", branch = "x" }
        b = { path = "../b" }
        c = { git = "https://example.org/c.git", rev = "\(commit)" }
        """,
      ],
      expected: [
        "BUILD.bazel:4 download/command-download",
        "Cargo.toml:2 dependency/unpinned-git-dependency",
        "Taskfile.yml:3 download/unfixed-declaration",
        "Taskfile.yml:6 download/command-download",
      ]),
    Case(
      name: "Ansible",
      files: [
        "play.yml": """
        - hosts: all
          tasks:
            - name: tools
              apt: {name: [ffmpeg, "git=1:2.3"], state: present}
            - name: cache
              community.docker.docker_container: {name: cache, image: "redis:7"}
            - name: own
              docker_image: {name: own, source: build}
        """,
        "requirements.yml": """
        roles:
          - src: https://example.org/role.git
            version: main
          - {src: "https://example.org/role.git", version: \(commit)}
        collections:
          - name: community.general
          - {name: community.docker, version: ">=3"}
        """,
      ],
      expected: [
        "play.yml:4 dependency/unpinned-system-package", "play.yml:6 dependency/unpinned-image",
        "requirements.yml:2 dependency/unpinned-git-dependency",
        "requirements.yml:6 dependency/unpinned-requirement",
        "requirements.yml:7 dependency/unpinned-requirement",
      ]),
  ]

  static let registries: [Case] = [
    Case(
      name: "R",
      files: [
        "DESCRIPTION": """
        Package: x
        Depends: R (>= 4.0), methods
        Imports:
            dplyr (>= 1.0),
            jsonlite (== 1.8.0)
        Remotes: org/a, org/b@\(commit)
        """,
        "locked/DESCRIPTION": "Package: y\nImports: dplyr\n",
        "locked/renv.lock": "{\"Packages\": {\"dplyr\": {\"Version\": \"1.1\"}}}",
      ],
      expected: [
        "DESCRIPTION:4 dependency/unpinned-requirement",
        "DESCRIPTION:5 dependency/unhashed-requirement",
        "DESCRIPTION:6 dependency/unpinned-git-dependency",
        "locked/DESCRIPTION:2 dependency/unhashed-requirement",
      ]),
    Case(
      name: "Ruby and CocoaPods",
      files: [
        "Gemfile": """
        source 'https://rubygems.org'
        gem 'a', '~> 1'
        # gem 'b'
        puts "gem 'c'"
        group(:test) { gem 'd', '1.0' }
        git 'https://example.org/r.git', ref: '\(commit)' do
          gem 'e'
        end
        gem 'f', path: 'f'
        %w[g h].each { |name| gem name }
        """,
        "x.gemspec": "Gem::Specification.new do |s|\n  s.add_dependency 'a', '>= 1'\nend\n",
        "Podfile": """
        pod 'A', '~> 2'
        pod 'B', '1.2.3'
        pod 'C', :git => 'https://example.org/c.git', :branch => 'dev'
        pod 'D', :path => '../d'
        """,
      ],
      expected: [
        "Gemfile:2 dependency/unpinned-requirement", "Gemfile:5 dependency/unhashed-requirement",
        "Gemfile:10 repository/unreadable-manifest",
        "Podfile:1 dependency/unpinned-requirement", "Podfile:2 dependency/unhashed-requirement",
        "Podfile:3 dependency/unpinned-git-dependency",
        "x.gemspec:2 dependency/unpinned-requirement",
      ]),
    Case(
      name: "Julia, and manifests without a reader",
      files: [
        "Project.toml": """
        name = "X"
        [deps]
        Flux = "587475ba-b771-5e3f-ad9e-33799f191a9c"
        Random = "9a3f8284-a2c9-5f02-9a11-845980a1fd5c"
        CUDA = "052768ef-5323-5732-b1bb-66c8b64840ba"
        [compat]
        Flux = "0.14"
        CUDA = "=5.1.0"
        """,
        "locked/Project.toml": "[deps]\nFlux = \"587475ba-b771-5e3f-ad9e-33799f191a9c\"\n",
        "locked/Manifest.toml":
          "[[deps.Flux]]\nversion = \"0.14.1\"\ngit-tree-sha1 = \"\(commit)\"\n",
        "other/Project.toml": "[settings]\nname = \"x\"\n",
        "pubspec.yaml": "dependencies:\n  http: any\n",
      ],
      expected: [
        "Project.toml:3 dependency/unpinned-requirement",
        "Project.toml:5 dependency/unhashed-requirement",
        "pubspec.yaml:0 repository/unreadable-manifest",
      ]),
    Case(
      name: "C++ and PHP",
      files: [
        "conanfile.txt": """
        [requires]
        zlib/[>=1.2]
        fmt/10.0#0123456789abcdef0123456789abcdef
        [options]
        zlib/*:shared=True
        """,
        "conanfile.py": """
        from conan import ConanFile
        class X(ConanFile):
            requires = "zlib/[>=1.2]", "fmt/10.0#0123456789abcdef0123456789abcdef"
            def requirements(self):
                self.requires("boost/1.80.0")
        """,
        "vcpkg.json": "{\"dependencies\": [\n\"zlib\"]}",
        "fixed/vcpkg.json":
          "{\"builtin-baseline\": \"\(commit)\", \"dependencies\": [\"zlib\"]}",
        "composer.json": """
        {"require": {
          "php": ">=8",
          "a/b": "^1.0",
          "a/c": "1.2.3"
        }}
        """,
      ],
      expected: [
        "composer.json:3 dependency/unpinned-requirement",
        "composer.json:4 dependency/unhashed-requirement",
        "conanfile.py:3 dependency/unpinned-requirement",
        "conanfile.py:5 dependency/unhashed-requirement",
        "conanfile.txt:2 dependency/unpinned-requirement",
        "vcpkg.json:2 dependency/unpinned-requirement",
      ]),
    Case(
      name: "Deno, mise and Spack",
      files: [
        "deno.json": """
        {"imports": {
          "a": "npm:chalk@5",
          "b": "jsr:@std/path@1.0.0",
          "c": "https://esm.sh/c",
          "d": "./d.ts"
        }}
        """,
        ".tool-versions": "python 3.10\nnode system\nuv 0.4.1\n",
        "mise.toml": "[tools]\npython = \"latest\"\n",
        "index.html":
          "<script type=\"importmap\">\n{\"imports\": {\"a\": \"https://esm.sh/a\"}}\n</script>\n",
        "spack.yaml": "spack:\n  specs:\n  - py-torch@2.1\n  - zlib@=1.3\n",
      ],
      expected: [
        ".tool-versions:1 dependency/unpinned-requirement",
        ".tool-versions:3 dependency/unhashed-requirement",
        "deno.json:2 dependency/unpinned-requirement",
        "deno.json:3 dependency/unhashed-requirement",
        "deno.json:4 download/unfixed-declaration",
        "index.html:2 download/unfixed-declaration",
        "mise.toml:2 dependency/unpinned-requirement",
        "spack.yaml:3 dependency/unpinned-requirement",
        "spack.yaml:4 dependency/unhashed-requirement",
      ]),
  ]
}
