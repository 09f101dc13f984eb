import Direction
import Dispatch
import FoundationEssentials
import Glibc
import Mappings
import ShowFiles

/// The file of composites, beside the mapping: `friday.yaml` has `friday.composites.json`.
final class CompositeFile: CompositeMemory, @unchecked Sendable {  // all but `init` runs on its one queue
  /// What the file says.
  private struct Content: Codable {
    var version: Int
    var composites: [String: Composite]
  }

  static let version = 1

  /// What was in the file at the start; none where it is not there, or broken.
  let composites: [String: Composite]
  /// What is wrong with the file, and what will become of it.
  let complaint: String?
  private let path: String
  private let queue = DispatchQueue(label: "composites")
  private var isBroken: Bool

  /// Reads the file.
  init(beside mapping: String) {
    path = (mapping.hasSuffix(".yaml") ? String(mapping.dropLast(5)) : mapping) + ".composites.json"
    do {
      composites = access(path, F_OK) == 0 || errno != ENOENT ? try Self.read(path) : [:]
      complaint = nil
    } catch {
      composites = [:]
      complaint =
        "the composites of \(path) cannot be read (\(error)): the show goes on without them; when the next one is stored, "
        + "the file is kept as \(path).broken"
    }
    isBroken = complaint != nil
  }

  private static func read(_ path: String) throws -> [String: Composite] {
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(try TextFile.read(path).utf8))
    } catch is DecodingError { throw Complaint("it is damaged") }
    guard content.version == version else { throw Complaint("it is of version \(content.version)") }
    return content.composites
  }

  func keep(_ composites: [String: Composite], failed: @escaping @Sendable (String) -> Void) {
    queue.async {
      do { try self.write(composites) } catch {
        failed("the composites are kept until the end of the session only: \(error)")
      }
    }
  }

  private func write(_ composites: [String: Composite]) throws {
    if isBroken, rename(path, path + ".broken") == 0 { isBroken = false }
    try FileEdit.put(path, PrettyJSON.text(Content(version: Self.version, composites: composites)) + "\n")
  }

  /// Waits until what was to be kept is kept, but not for ever.
  func finish() { queue.finish() }
}
