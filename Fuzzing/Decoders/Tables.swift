import Direction
import FoundationEssentials
import Glibc
import Mappings
import Surfaces
import Yams

@testable import ShowFiles

extension Decoder {
  static var tables: [Decoder] {
    [
      Decoder("mapping-files") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? MappingFile.parse(text, file: "mapping.yaml", surface: surface)
        _ = try? MappingOutline(text, file: "mapping.yaml")
        let slot = MappingOutline.Slot("play")
        _ = try? MappingEdit.unset([slot]).applied(to: text, file: "mapping.yaml", surface: surface)
      },
      Decoder("actions") { _ = try? Vocabulary.parse(String(decoding: $0, as: UTF8.self)) },
      Decoder("surface-files") { bytes in
        guard let surface = try? SurfaceFile.parse(String(decoding: bytes, as: UTF8.self), file: "surface.yaml") else {
          return
        }
        let again = try? SurfaceFile.parse(SurfaceFile.print(surface), file: "surface.yaml")
        precondition(again == surface, "what is printed reads the same")
      },
      Decoder("macro-files") {
        _ = try? MacroFile.parse(String(decoding: $0, as: UTF8.self), file: "intro.yaml", name: "intro")
      },
      Decoder("show-files") { bytes in
        var reader = YAMLReader(file: "show.yaml")
        if let node = reader.document(String(decoding: bytes, as: UTF8.self)) { _ = reader.showSheet(node) }
      },
      Decoder("composites") { _ = try? JSONDecoder().decode([String: Composite].self, from: Data($0)) },
      Decoder("journals") { bytes in
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
          guard let line = try? JournalLine(text: line) else { continue }
          _ = (line.time, line.event(on: surface), line.surfaceNews, line.text)
        }
      },
      Decoder("names") { bytes in
        let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        for name in names {
          precondition(!printable(name).unicodeScalars.contains { $0.properties.generalCategory == .control })
          _ = MediaKind(fileName: name)
        }
        for (a, b) in zip(names, names.dropFirst()) {
          precondition(!(isInNaturalOrder(a, b) && isInNaturalOrder(b, a)), "one of two comes first")
        }
      },
      Decoder("media-headers") { bytes in
        ftruncate(file, 0)
        pwrite(file, bytes, bytes.count, 0)
        for kind in [MediaKind.image, .video, .audio] {
          _ = MediaHeader.complaint(about: file, size: bytes.count, kind: kind)
        }
      },
    ]
  }

  /// The shipped surface; the program runs in the folder `Fuzzing`.
  static let surface = try! SurfaceFile.read("../Mappings/korg-nanokontrol2/surface.yaml")  // shipped
  /// Of no name, for as long as the program runs.
  private static let file = fileno(tmpfile())
}
