import Glibc

/// One decoder of bytes that come from outside. It may refuse them; it must not trap.
struct Decoder {
  var name: String
  var take: ([UInt8]) -> Void

  init(_ name: String, _ take: @escaping ([UInt8]) -> Void) { (self.name, self.take) = (name, take) }

  /// The one that the environment names: libFuzzer drives one function.
  nonisolated(unsafe) static let chosen: Decoder = {  // never changed
    let name = getenv("DECODER").map { String(cString: $0) } ?? ""
    guard let decoder = all.first(where: { $0.name == name }) else {
      print("DECODER=\(all.map(\.name).joined(separator: "|"))")
      exit(2)
    }
    return decoder
  }()

  static var all: [Decoder] { midi + tables + switchers }
}

/// What libFuzzer calls with each input: llvm.org/docs/LibFuzzer.html.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Decoder.chosen.take(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
