/// The codecs of CPython's standard library, by what they do to source text.
enum PythonCodecs {
  /// The codec's module name in `encodings` for any spelling: case, `-`, `_`, blanks and aliases.
  static func canonical(_ name: String) -> String {
    var normal = ""
    var isGap = false
    for scalar in name.lowercased().unicodeScalars {
      if scalar.isASCII,
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar == "."
      {
        if isGap, !normal.isEmpty { normal.append("_") }
        isGap = false
        normal.unicodeScalars.append(scalar)
      } else {
        isGap = true
      }
    }
    // The tokenizer takes these with anything behind them.
    if normal == "utf_8" || normal.hasPrefix("utf_8_"), normal != "utf_8_sig" { return "utf_8" }
    for latin in ["latin_1", "iso_8859_1", "iso_latin_1"]
    where normal == latin || normal.hasPrefix(latin + "_") { return "latin_1" }
    if let alias = aliases[normal] ?? aliases[normal.replacing(".", with: "_")] { return alias }
    for (prefix, target) in [("iso_8859_", "iso8859_"), ("windows_", "cp"), ("ibm", "cp")]
    where normal.hasPrefix(prefix) { return target + normal.dropFirst(prefix.count) }
    return normal
  }

  static func kind(_ codec: String) -> PythonEncoding.Kind {
    if codec == "utf_8" || codec == "utf_8_sig" { return .utf8 }
    if singleByte.contains(codec) { return .singleByte }
    if multiByte.contains(codec) { return .multiByte }
    if transforming.contains(codec) { return .transforming }
    if refused.contains(codec) { return .refused }
    return .unknown
  }

  private static let aliases: [String: String] = [
    "u8": "utf_8", "utf": "utf_8", "utf8": "utf_8", "utf8_ucs2": "utf_8", "utf8_ucs4": "utf_8",
    "cp65001": "utf_8", "646": "ascii", "us_ascii": "ascii", "ansi_x3.4_1968": "ascii",
    "ansi_x3_4_1968": "ascii", "iso646_us": "ascii", "us": "ascii", "cp367": "ascii",
    "csascii": "ascii", "iso_ir_6": "ascii", "latin": "latin_1", "latin1": "latin_1",
    "l1": "latin_1", "iso8859": "latin_1", "8859": "latin_1", "iso8859_1": "latin_1",
    "iso_8859_1_1987": "latin_1", "cp819": "latin_1", "csisolatin1": "latin_1",
    "iso_ir_100": "latin_1", "1250": "cp1250", "1251": "cp1251", "1252": "cp1252",
    "1253": "cp1253", "1254": "cp1254", "1255": "cp1255", "1256": "cp1256", "1257": "cp1257",
    "1258": "cp1258", "latin2": "iso8859_2", "l2": "iso8859_2", "cyrillic": "iso8859_5",
    "greek": "iso8859_7", "hebrew": "iso8859_8", "arabic": "iso8859_6", "latin5": "iso8859_9",
    "latin9": "iso8859_15", "l9": "iso8859_15", "cskoi8r": "koi8_r", "macintosh": "mac_roman",
    "macroman": "mac_roman", "u7": "utf_7", "utf7": "utf_7", "unicode_1_1_utf_7": "utf_7",
    "rot13": "rot_13", "rot_13": "rot_13", "unicodeescape": "unicode_escape",
    "rawunicodeescape": "raw_unicode_escape", "u16": "utf_16", "utf16": "utf_16",
    "u32": "utf_32", "utf32": "utf_32", "utf_16be": "utf_16_be", "utf_16le": "utf_16_le",
    "unicodebigunmarked": "utf_16_be", "unicodelittleunmarked": "utf_16_le",
    "utf_32be": "utf_32_be", "utf_32le": "utf_32_le", "sjis": "shift_jis",
    "shiftjis": "shift_jis", "s_jis": "shift_jis", "csshiftjis": "shift_jis", "932": "cp932",
    "ms932": "cp932", "mskanji": "cp932", "ms_kanji": "cp932", "windows_31j": "cp932",
    "eucjp": "euc_jp", "ujis": "euc_jp", "u_jis": "euc_jp", "euckr": "euc_kr",
    "korean": "euc_kr", "ksc5601": "euc_kr", "ks_c_5601": "euc_kr", "949": "cp949",
    "ms949": "cp949", "uhc": "cp949", "936": "gbk", "cp936": "gbk", "ms936": "gbk",
    "chinese": "gb2312", "euccn": "gb2312", "euc_cn": "gb2312", "eucgb2312_cn": "gb2312",
    "gb2312_80": "gb2312", "gb18030_2000": "gb18030", "big5_tw": "big5", "csbig5": "big5",
    "950": "cp950", "ms950": "cp950", "big5_hkscs": "big5hkscs", "hkscs": "big5hkscs",
    "hzgb": "hz", "hz_gb": "hz", "hz_gb_2312": "hz", "037": "cp037", "cp037": "cp037",
    "ebcdic_cp_us": "cp037", "500": "cp500", "ebcdic_cp_be": "cp500", "1140": "cp1140",
    "base64": "base64_codec", "base_64": "base64_codec", "hex": "hex_codec", "bz2": "bz2_codec",
    "zip": "zlib_codec", "zlib": "zlib_codec", "uu": "uu_codec", "quopri": "quopri_codec",
    "quoted_printable": "quopri_codec", "dbcs": "mbcs", "ansi": "mbcs", "tis620": "tis_620",
    "tis_620_0": "tis_620", "iso_ir_166": "tis_620",
  ]

  private static let singleByte: Set<String> = Set(
    ["ascii", "latin_1", "charmap", "koi8_r", "koi8_t", "koi8_u", "kz1048", "ptcp154", "tis_620"]
      + ["hp_roman8", "palmos", "mac_arabic", "mac_croatian", "mac_cyrillic", "mac_farsi"]
      + ["mac_greek", "mac_iceland", "mac_latin2", "mac_roman", "mac_romanian", "mac_turkish"]
      + (2...16).map { "iso8859_\($0)" } + (1250...1258).map { "cp\($0)" }
      + [437, 720, 737, 775, 850, 852, 855, 856, 857, 858, 860, 861, 862, 863, 864, 865, 866]
      .map { "cp\($0)" } + ["cp869", "cp874", "cp1006", "cp1125"])

  private static let multiByte: Set<String> = [
    "shift_jis", "shift_jis_2004", "shift_jisx0213", "cp932", "euc_jp", "euc_jis_2004",
    "euc_jisx0213", "euc_kr", "cp949", "johab", "gb2312", "gbk", "gb18030", "big5", "big5hkscs",
    "cp950",
  ]

  private static let transforming: Set<String> = [
    "utf_7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "rot_13", "hz",
    "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3",
    "iso2022_jp_ext", "iso2022_kr", "cp037", "cp273", "cp424", "cp500", "cp875", "cp1026",
    "cp1140", "mbcs", "oem",
  ]

  private static let refused: Set<String> = [
    "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "base64_codec",
    "bz2_codec", "hex_codec", "quopri_codec", "uu_codec", "zlib_codec", "undefined",
  ]
}
