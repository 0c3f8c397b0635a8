/// Identifiers beyond ASCII.
enum PythonIdentifier {
  /// The name as Python compares it, as far as it can equal an ASCII name: characters whose NFKC
  /// form is ASCII are replaced (`ｅｖａｌ` is `eval`). Names of other scripts stay as they are.
  static func normalised(_ scalars: String.UnicodeScalarView) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in scalars {
      if !scalar.isASCII, let ascii = compatible[scalar.value] {
        bytes += ascii
      } else {
        bytes += String(scalar).utf8
      }
    }
    return bytes
  }

  private static let compatible: [UInt32: [UInt8]] = {
    var result: [UInt32: [UInt8]] = [:]
    for entry in table.split(whereSeparator: \.isWhitespace) {
      let parts = entry.split(separator: "=")
      guard parts.count == 2, let first = UInt32(parts[0], radix: 16) else { continue }
      let target = parts[1].split(separator: "+")
      let more = target.count == 2 ? UInt32(target[1]) ?? 0 : 0
      for step in 0...more {
        var bytes = Array(target[0].utf8)
        bytes[bytes.count - 1] += UInt8(truncatingIfNeeded: step)
        result[first + step] = bytes
      }
    }
    return result
  }()

  /// Identifier characters of Unicode 15.1 whose NFKC form is ASCII: `code=text`, and `code=x+n` for
  /// n more codes whose forms follow `x`.
  private static let table = """
    AA=a BA=o 17F=s 2B0=h 2B2=j 2B3=r 2B7=w 2B8=y 2E1=l 2E2=s 2E3=x 1D2C=A 1D2E=B 1D30=D+1
    1D33=G+7 1D3C=O 1D3E=P 1D3F=R 1D40=T+1 1D42=W 1D43=a 1D47=b 1D48=d+1 1D4D=g 1D4F=k 1D50=m
    1D52=o 1D56=p 1D57=t+1 1D5B=v 1D62=i 1D63=r 1D64=u+1 1D9C=c 1DA0=f 1DBB=z 2071=i 207F=n
    2090=a 2091=e 2092=o 2093=x 2095=h 2096=k+3 209A=p 209B=s+1 2102=C 210A=g 210B=H 210C=H
    210D=H 210E=h 2110=I 2111=I 2112=L 2113=l 2115=N 2119=P+2 211C=R 211D=R 2124=Z 2128=Z 212A=K
    212C=B+1 212F=e 2130=E+1 2133=M 2134=o 2139=i 2145=D 2146=d+1 2148=i+1 2160=I 2164=V 2169=X
    216C=L 216D=C+1 216F=M 2170=i 2174=v 2179=x 217C=l 217D=c+1 217F=m 2C7C=j 2C7D=V A7F2=C
    A7F3=F A7F4=Q FE33=_ FE34=_ FE4D=_ FE4E=_ FE4F=_ FF10=0+9 FF21=A+25 FF3F=_ FF41=a+25 107A5=q
    1D400=A+25 1D41A=a+25 1D434=A+25 1D44E=a+6 1D456=i+17 1D468=A+25 1D482=a+25 1D49C=A
    1D49E=C+1 1D4A2=G 1D4A5=J+1 1D4A9=N+3 1D4AE=S+7 1D4B6=a+3 1D4BB=f 1D4BD=h+6 1D4C5=p+10
    1D4D0=A+25 1D4EA=a+25 1D504=A+1 1D507=D+3 1D50D=J+7 1D516=S+6 1D51E=a+25 1D538=A+1 1D53B=D+3
    1D540=I+4 1D546=O 1D54A=S+6 1D552=a+25 1D56C=A+25 1D586=a+25 1D5A0=A+25 1D5BA=a+25
    1D5D4=A+25 1D5EE=a+25 1D608=A+25 1D622=a+25 1D63C=A+25 1D656=a+25 1D670=A+25 1D68A=a+25
    1D7CE=0+9 1D7D8=0+9 1D7E2=0+9 1D7EC=0+9 1D7F6=0+9 1FBF0=0+9 132=IJ 133=ij 1C7=LJ 1C8=Lj
    1C9=lj 1CA=NJ 1CB=Nj 1CC=nj 1F1=DZ 1F2=Dz 1F3=dz 2161=II 2162=III 2163=IV 2165=VI 2166=VII
    2167=VIII 2168=IX 216A=XI 216B=XII 2171=ii 2172=iii 2173=iv 2175=vi 2176=vii 2177=viii
    2178=ix 217A=xi 217B=xii FB00=ff FB01=fi FB02=fl FB03=ffi FB04=ffl FB05=st FB06=st
    """
}
