/// Calls that fetch from an address, a bucket or a git server with no model library in between.
enum HTTPFetchers {
  /// Standard library and HTTP clients.
  static let http: [Fetcher] = [
    Fetcher(
      [
        "urllib.request.urlopen", "urllib.request.urlretrieve", "urllib.urlopen",
        "urllib.urlretrieve", "urllib2.urlopen", "six.moves.urllib.request.urlopen",
        "six.moves.urllib.request.urlretrieve", "urllib.request.URLopener.retrieve",
        "urllib.request.FancyURLopener.retrieve", "urllib.request.URLopener.open",
        "urllib.request.FancyURLopener.open", "urllib.request.OpenerDirector.open",
        "urllib.request.build_opener().open", "urllib2.build_opener().open",
        "?.urlretrieve", "?.urlopen",
      ], .file, target: [.at(0, "url", "fullurl")], form: .address, fixing: .address),
    Fetcher(
      [
        "requests.get", "requests.api.get", "requests.Session.get", "requests.sessions.Session.get",
        "requests.session.get", "httpx.get", "httpx.Client.get", "httpx.AsyncClient.get",
        "aiohttp.ClientSession.get", "aiohttp.client.ClientSession.get", "requests_cache.**.get",
        "curl_cffi.requests.**.get", "cloudscraper.**.get", "requests_html.HTMLSession.get",
      ], .file, target: [.at(0, "url")], form: .address, fixing: .address),
    Fetcher(
      [
        "requests.request", "requests.api.request", "requests.Session.request",
        "requests.sessions.Session.request", "httpx.request", "httpx.stream",
        "httpx.Client.request", "httpx.Client.stream", "httpx.AsyncClient.request",
        "httpx.AsyncClient.stream", "aiohttp.request", "aiohttp.ClientSession.request",
        "urllib3.PoolManager.request", "urllib3.PoolManager.urlopen", "urllib3.request",
        "urllib3.poolmanager.PoolManager.request", "urllib3.ProxyManager.request",
        "urllib3.HTTPSConnectionPool.request", "urllib3.HTTPConnectionPool.request",
        "urllib3.HTTPSConnectionPool.urlopen", "urllib3.HTTPConnectionPool.urlopen",
      ], .file, target: [.at(1, "url")], form: .address, fixing: .address),
    Fetcher(
      [
        "http.client.HTTPSConnection.request", "http.client.HTTPConnection.request",
        "httplib.HTTPSConnection.request", "httplib.HTTPConnection.request",
      ], .file, target: [.at(1, "url")], form: .address, fixing: .address,
      onlyWhen: [.equals(.at(0, "method"), "GET")]),
    Fetcher(
      [
        "yt_dlp.YoutubeDL.download", "yt_dlp.YoutubeDL.extract_info", "yt_dlp.**.download",
        "youtube_dl.YoutubeDL.download", "youtube_dl.YoutubeDL.extract_info",
      ], .data, target: [.at(0, "url_list", "url")], form: .address, fixing: .address,
      localWhen: [.isFalse(.at(1, "download"))]),
    Fetcher(
      [
        "requests.Session.send", "requests.sessions.Session.send", "requests.session().send",
        "httpx.Client.send", "httpx.AsyncClient.send",
      ], .file, target: [.at(0, "url", "request")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0, "url", "request"))]),
    Fetcher(
      ["wget.download"], .file, target: [.at(0, "url")], form: .address, fixing: .address),
    Fetcher(
      ["gdown.download", "gdown.**.download"], .file, target: [.at(0, "url"), .named("id")],
      form: .catalogue,
      fixing: .never("use gdown.cached_download(url, path, hash=\"sha256:…\")")),
    Fetcher(
      ["gdown.cached_download", "gdown.**.cached_download"], .file, target: [.at(0, "url")],
      form: .address, fixing: .digest([.named("hash")], digits: 64)),
    Fetcher(
      ["gdown.download_folder", "gdown.**.download_folder"], .file,
      target: [.at(0, "url"), .named("id")], form: .catalogue,
      fixing: .never("fetch each file with gdown.cached_download and its hash")),
    Fetcher(
      ["pooch.retrieve"], .file, target: [.at(0, "url")], form: .address,
      fixing: .digest([.at(1, "known_hash")], digits: 64)),
    Fetcher(
      ["pooch.**.Pooch.fetch", "pooch.create.fetch"], .file, target: [.at(0, "fname")],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["pooch.HTTPDownloader", "parfive.Downloader.enqueue_file"], .file,
      target: [.at(0, "url")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0, "url"))]),
    Fetcher(
      [
        "torchdatasets.**.download", "pySmartDL.SmartDL", "zenodo_get.zenodo_get",
        "zenodo_get.download",
      ], .file, target: [.at(0)],
      form: .address, fixing: .address),
    Fetcher(
      ["ftplib.FTP.retrbinary", "ftplib.FTP_TLS.retrbinary"], .file, target: [.at(0, "cmd")],
      form: .catalogue, fixing: .address),
    Fetcher(
      [
        "paramiko.**.get", "paramiko.**.getfo", "pysftp.Connection.get", "pysftp.Connection.get_d",
        "pysftp.Connection.getfo", "scp.SCPClient.get",
      ], .file,
      target: [.at(0, "remotepath")], form: .remotePath, fixing: .address),
  ]

  /// Readers that take an address where they usually take a path.
  static let readers: [Fetcher] = [
    Fetcher(
      [
        "pandas.**.read_csv", "pandas.**.read_json", "pandas.**.read_parquet",
        "pandas.**.read_excel", "pandas.**.read_table", "pandas.**.read_html",
        "pandas.**.read_feather", "pandas.**.read_xml", "pandas.**.read_orc",
        "pandas.**.read_fwf", "pandas.**.read_stata", "pandas.**.read_sas", "pandas.**.read_spss",
        "polars.**.read_csv", "polars.**.read_parquet", "polars.**.read_json",
        "polars.**.scan_parquet", "polars.**.scan_csv", "polars.**.read_ndjson",
        "dask.**.read_csv", "dask.**.read_parquet", "duckdb.**.read_parquet",
        "duckdb.**.read_csv", "pyarrow.**.read_table", "xarray.open_dataset",
        "imageio.**.imread", "skimage.io.imread", "matplotlib.**.imread",
        "fsspec.**.open", "fsspec.open_files", "smart_open.open", "smart_open.smart_open",
        "geopandas.read_file", "librosa.load", "numpy.loadtxt", "numpy.genfromtxt",
      ], .data,
      target: [readerPath], form: .address, fixing: .address, onlyWhen: [.isAddress(readerPath)]),
    Fetcher(
      ["pandas.**.read_pickle"], .code, target: [readerPath], form: .address, fixing: .address,
      onlyWhen: [.isAddress(readerPath)]),
    Fetcher(
      [
        "duckdb.**.sql", "duckdb.**.query", "duckdb.**.execute", "duckdb.**.from_query",
        "duckdb.**.executemany",
      ], .data, target: [.at(0, "query")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0, "query"))]),
    Fetcher(
      [
        "webdataset.**.WebDataset", "webdataset.**.gopen", "webdataset.**.SimpleShardList",
        "webdataset.**.ResampledShards", "wids.**.ShardListDataset",
      ], .data, target: [.at(0, "urls", "url", "shards")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0, "urls", "url", "shards"))]),
    Fetcher(
      [
        "transformers.**.load_image", "transformers.**.load_video", "transformers.**.load_audio",
        "diffusers.**.load_image", "diffusers.**.load_video", "diffusers.**.load_numpy",
      ], .data, target: [.at(0)], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0))]),
  ]

  /// Where readers take a path or an address, by the names that they give it.
  private static let readerPath = ArgumentSlot(
    position: 0,
    keywords: [
      "filepath_or_buffer", "path_or_buf", "path_or_buffer", "path", "io", "source", "uri", "url",
      "filename_or_obj", "urlpath", "filename",
    ])

  /// Connections of which only what is run with their answers is reported.
  static let connections: [Fetcher] = [
    Fetcher(
      [
        "socket.socket.connect", "socket.socket.connect_ex", "socket.create_connection",
        "socket.socket().connect", "socket.socket().connect_ex",
        "asyncio.open_connection", "telnetlib.Telnet", "telnetlib.Telnet.open",
      ], .data, target: [.at(0, "address", "host")], form: .address, fixing: .address),
    Fetcher(
      ["dns.resolver.resolve", "dns.resolver.query", "dns.resolver.Resolver.resolve"], .data,
      target: [.at(0, "qname")], form: .catalogue, fixing: .address),
    Fetcher(
      [
        "xmlrpc.client.ServerProxy", "xmlrpclib.ServerProxy", "websockets.**.connect",
        "websocket.create_connection", "websocket.WebSocket.connect",
        "aiohttp.ClientSession.ws_connect",
      ], .data, target: [.at(0, "uri", "url")], form: .address, fixing: .address),
  ]

  /// Object stores.
  static let storage: [Fetcher] = [
    Fetcher(
      [
        "boto3.**.download_file", "boto3.**.download_fileobj", "?.download_fileobj",
      ], .file, target: [.at(1, "Key"), .at(0, "Bucket")], form: .catalogue,
      fixing: .version([.named("VersionId", "ExtraArgs")])),
    Fetcher(
      ["boto3.**.get_object"], .file, target: [.named("Key"), .named("Bucket")],
      form: .catalogue, fixing: .version([.named("VersionId")])),
    Fetcher(
      [
        "google.cloud.storage.**.download_to_filename", "?.download_to_filename",
        "google.cloud.storage.**.download_as_bytes", "google.cloud.storage.**.download_as_string",
        "google.cloud.storage.**.download_to_file", "?.download_as_bytes", "?.download_as_string",
        "google.cloud.storage.**.download_blob_to_file",
      ], .file, target: [], form: .catalogue, fixing: .version([.named("if_generation_match")])),
    Fetcher(
      ["azure.storage.blob.**.download_blob", "?.download_blob"], .file, target: [.at(0, "blob")],
      form: .catalogue, fixing: .version([.named("version_id")])),
    Fetcher(
      [
        "oss2.**.get_object_to_file", "?.get_object_to_file", "minio.**.fget_object",
        "?.fget_object", "minio.**.get_object",
      ], .file, target: [.at(1, "object_name"), .at(0)],
      form: .catalogue, fixing: .version([.named("version_id")])),
    Fetcher(
      [
        "s3fs.**.get", "s3fs.**.download", "gcsfs.**.get", "gcsfs.**.download", "adlfs.**.get",
        "s3fs.**.open", "gcsfs.**.open", "s3fs.**.get_file", "gcsfs.**.get_file",
      ], .file,
      target: [.at(0, "path", "rpath")], form: .catalogue,
      fixing: .never("check the SHA-256 of what arrives")),
    Fetcher(
      ["cloudpathlib.**.download_to", "tensorflow.io.gfile.copy"], .file, target: [.at(0)],
      form: .address, fixing: .address),
  ]

  /// Git clones made by libraries.
  static let git: [Fetcher] = [
    Fetcher(
      [
        "git.Repo.clone_from", "git.repo.Repo.clone_from", "git.**.Repo.clone_from",
        "?.clone_from", "git.Git.clone", "git.cmd.Git.clone", "git.**.git.clone",
      ], .weights, target: [.at(0, "url")], form: .address,
      fixing: .never("check out a full commit after the clone, and verify it")),
    Fetcher(
      ["pygit2.clone_repository", "dulwich.porcelain.clone"], .weights,
      target: [.at(0, "url", "source")], form: .address,
      fixing: .never("check out a full commit after the clone, and verify it")),
  ]
}
