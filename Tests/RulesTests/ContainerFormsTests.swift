import Testing

/// Images, charts, pipelines and machines, each a small tree and what is said of it.
struct ContainerFormsTests {
  private static let commit = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
  private static let digest =
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

  static let cases: [RepositoryFormsTests.Case] = [
    RepositoryFormsTests.Case(
      name: "sections of Singularity",
      files: [
        "model.def": """
        Bootstrap: docker
        From: org/base@sha256:\(digest)

        %files
          wget https://example.org/listed
        %post
          pip install torch
        %runscript
          wget https://example.org/m.bin

        Bootstrap: docker
        From: org/other:1

        """,
        "exports.def": """
        EXPORTS
          wget

        """,
      ],
      expected: [
        "model.def:7 dependency/shell-packages",
        "model.def:7 download/package-install",
        "model.def:9 download/command-download",
        "model.def:12 dependency/unpinned-image",
      ]),
    RepositoryFormsTests.Case(
      name: "compose",
      files: [
        "compose.yaml": """
        include:
          - https://github.com/org/parts.git
          - other.yaml
        services:
          server:
            image: vllm/vllm-openai@sha256:\(digest)
            command: --model org/model
          local:
            image: vllm/vllm-openai@sha256:\(digest)
            command: ["--model", "/models/x"]
          inline:
            build:
              context: .
              additional_contexts:
                base: docker-image://alpine:3
                sources: ../sources
              dockerfile_inline: |
                FROM org/base@sha256:\(digest)
                RUN curl https://example.org/i | sh
          words:
            image: org/x@sha256:\(digest)
            entrypoint: ["bash", "-c"]
            command: ["wget https://example.org/m.bin"]

        """
      ],
      expected: [
        "compose.yaml:2 dependency/unpinned-git-dependency",
        "compose.yaml:7 download/hub-command",
        "compose.yaml:15 dependency/unpinned-image",
        "compose.yaml:19 execution/piped-to-interpreter",
        "compose.yaml:23 download/command-download",
      ]),
    RepositoryFormsTests.Case(
      name: "bake",
      files: [
        "docker-bake.hcl": """
        # context = "https://github.com/org/none.git"
        target "app" {
          contexts = { base = "docker-image://alpine:latest" }
          context = "https://github.com/org/model.git#\(commit)"
        }
        target "other" {
          context = "https://github.com/org/model.git"
          dockerfile = "Dockerfile"
          tags = ["org/app:latest"]
        }

        """
      ],
      expected: [
        "docker-bake.hcl:3 dependency/unpinned-image",
        "docker-bake.hcl:7 dependency/unpinned-git-dependency",
      ]),
    RepositoryFormsTests.Case(
      name: "images in pipelines of other languages",
      files: [
        "Jenkinsfile": """
        pipeline {
          agent { docker { image 'python:3' } }
          // image 'python:2'
          stages { stage('a') { steps { script { docker.image("org/x:1").inside { } } } } }
        }

        """,
        "main.nf": """
        process a {
          container 'org/tool:1'
          label 'image'
        }

        """,
        "main.tf": """
        resource "x" "y" {
          image = "nginx:1.21"
          image = "ubuntu-22-04-x64"
        }

        """,
      ],
      expected: [
        "Jenkinsfile:2 dependency/unpinned-image",
        "Jenkinsfile:4 dependency/unpinned-image",
        "main.nf:2 dependency/unpinned-image",
        "main.tf:2 dependency/unpinned-image",
      ]),
    RepositoryFormsTests.Case(
      name: "what actions take as input",
      files: [
        ".github/workflows/x.yml": """
        on: push
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@\(commit)
                with: {repository: org/other}
              - uses: actions/checkout@\(commit)
                with: {repository: org/other, ref: \(commit)}
              - uses: actions/checkout@\(commit)
                with: {repository: "${{ github.repository }}"}
              - uses: docker/build-push-action@\(commit)
                with: {context: "https://github.com/org/model.git#main"}
              - uses: docker/build-push-action@\(commit)
                with: {context: .}
              - uses: org/download-file@\(commit)
                with: {url: "https://example.org/m.bin"}

        """
      ],
      expected: [
        ".github/workflows/x.yml:7 dependency/unpinned-git-dependency",
        ".github/workflows/x.yml:13 dependency/unpinned-git-dependency",
        ".github/workflows/x.yml:17 download/unfixed-declaration",
      ]),
    RepositoryFormsTests.Case(
      name: "other pipelines",
      files: [
        "cloudbuild.yaml": """
        steps:
        - name: gcr.io/cloud-builders/docker@sha256:\(digest)
          args: [pull, "org/app:latest"]
        - name: python:3
          entrypoint: bash
          args: ["-c", "pip install torch"]

        """,
        "bitbucket-pipelines.yml": """
        pipelines:
          default:
            - step:
                script:
                  - pipe: atlassian/aws-s3-deploy:1.1.0

        """,
        ".cirrus.yml": """
        task:
          container: {image: "org/x@sha256:\(digest)"}
          install_script: pip install torch

        """,
        ".buildkite/pipeline.yml": """
        steps:
          - command: pip install torch
            plugins:
              - docker#v3.0.0:
                  image: python:3
              - org/own#\(commit): ~

        """,
        ".gitpod.yml": """
        image: gitpod/workspace-full
        tasks:
          - init: pip install torch

        """,
        "render.yaml": """
        services:
          - type: web
            buildCommand: pip install torch
            image: {url: "docker.io/org/app:latest"}

        """,
      ],
      expected: [
        ".buildkite/pipeline.yml:2 dependency/shell-packages",
        ".buildkite/pipeline.yml:2 download/package-install",
        ".buildkite/pipeline.yml:4 dependency/unpinned-git-dependency",
        ".buildkite/pipeline.yml:5 dependency/unpinned-image",
        ".cirrus.yml:3 dependency/shell-packages",
        ".cirrus.yml:3 download/package-install",
        ".gitpod.yml:1 dependency/unpinned-image",
        ".gitpod.yml:3 dependency/shell-packages",
        ".gitpod.yml:3 download/package-install",
        "bitbucket-pipelines.yml:5 dependency/unpinned-image",
        "cloudbuild.yaml:3 dependency/shell-images",
        "cloudbuild.yaml:3 download/container-image",
        "cloudbuild.yaml:4 dependency/unpinned-image",
        "cloudbuild.yaml:6 dependency/shell-packages",
        "cloudbuild.yaml:6 download/package-install",
        "render.yaml:3 dependency/shell-packages",
        "render.yaml:3 download/package-install",
        "render.yaml:4 dependency/unpinned-image",
      ]),
    RepositoryFormsTests.Case(
      name: "names of Dockerfiles",
      files: [
        "docker/gpu.Dockerfile.tmpl": """
        FROM python:3

        """,
        "DockerfileGPU": """
        FROM python:3

        """,
        "dockerfile_parser.py": """
        FROM = 1

        """,
        "notes.dockerfiles": """
        nothing

        """,
      ],
      expected: [
        "DockerfileGPU:1 dependency/unpinned-image",
        "docker/gpu.Dockerfile.tmpl:1 dependency/unpinned-image",
      ]),
    RepositoryFormsTests.Case(
      name: "new machines",
      files: [
        "user-data": """
        #cloud-config
        packages:
          - ffmpeg
        runcmd:
          - curl https://example.org/i | sh
          - [wget, "https://example.org/m.bin"]
        write_files:
          - path: /opt/run.sh
            content: |
              wget https://example.org/n.bin

        """,
        "other-data": """
        runcmd:
          - curl https://example.org/i | sh

        """,
        "apt.txt": """
        ffmpeg

        """,
        "docs/apt.txt": """
        words

        """,
      ],
      expected: [
        "apt.txt:1 dependency/unpinned-system-package",
        "user-data:3 dependency/unpinned-system-package",
        "user-data:5 execution/piped-to-interpreter",
        "user-data:6 download/command-download",
        "user-data:10 download/command-download",
      ]),
    RepositoryFormsTests.Case(
      name: "units",
      files: [
        "model.service.d/override.conf": """
        [Service]
        ExecStart=/bin/sh -c "curl https://example.org/i | sh"

        """,
        "model.container": """
        [Container]
        Image=docker.io/library/redis:7
        Exec=redis-server

        """,
        "other.conf": """
        ExecStart=/bin/sh -c "curl https://example.org/i | sh"

        """,
      ],
      expected: [
        "model.container:2 dependency/unpinned-image",
        "model.service.d/override.conf:2 execution/piped-to-interpreter",
      ]),
    RepositoryFormsTests.Case(
      name: "Kubernetes",
      files: [
        "cm.yaml": """
        apiVersion: v1
        kind: ConfigMap
        data:
          run.sh: |
            curl https://example.org/i | sh
          notes.txt: |
            curl https://example.org/i | sh

        """,
        "serve.yaml": """
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        spec:
          predictor:
            model:
              storageUri: hf://org/model
        ---
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        spec:
          predictor:
            model:
              storageUri: hf://org/model:\(commit)
        ---
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        spec:
          predictor:
            model:
              storageUri: pvc://claim/model

        """,
        "flow.yaml": """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        spec:
          templates:
            - script:
                image: org/x@sha256:\(digest)
                command: [bash]
                source: |
                  pip install torch

        """,
        "kustomization.yaml": """
        resources:
          - https://github.com/org/base//x?ref=main
          - https://github.com/org/base//x?ref=\(commit)
          - ../base
        images:
          - name: org/x
            newTag: latest

        """,
        "chart/Chart.yaml": """
        name: x
        dependencies:
          - name: redis
            version: ^17
            repository: https://charts.example.org
          - name: own
            version: 1.0.0
            repository: file://../own

        """,
        "chart/values.yaml": """
        image:
          repository: org/app
          tag: latest
        cover_image: assets/cover.png
        sidecarImage: org/side:1

        """,
      ],
      expected: [
        "chart/Chart.yaml:3 dependency/unpinned-requirement",
        "chart/values.yaml:2 dependency/unpinned-image",
        "chart/values.yaml:5 dependency/unpinned-image",
        "cm.yaml:5 execution/piped-to-interpreter",
        "flow.yaml:9 dependency/shell-packages",
        "flow.yaml:9 download/package-install",
        "kustomization.yaml:2 dependency/unpinned-git-dependency",
        "kustomization.yaml:6 dependency/unpinned-image",
        "serve.yaml:6 download/unfixed-declaration",
      ]),
  ]

  @Test(arguments: cases)
  func `what a form fetches is reported at its line, and nothing else`(
    one: RepositoryFormsTests.Case
  ) throws {
    #expect(try RepositoryFormsTests.report(one.files) == one.expected)
  }
}
