import ArgumentParser
import Direction
import FoundationEssentials
import MIDI
import Mappings
import Surfaces
import Switching

/// A recorded session to play again: a Standard MIDI File, or a journal of our own.
struct SessionFile {
  enum Item: Sendable {
    case event(MIDIEvent)
    case surface(Entry.SurfaceNews)
    /// What a switcher said then, by its place among those of the journal.
    case report(SwitcherReport, of: Int)
  }

  /// Larger files are no sessions.
  static let limit = 256 << 20

  private enum Content {
    case midi([(at: Duration, event: MIDIEvent)])
    case journal([JournalLine])
  }

  private let path: String
  private let content: Content
  /// The lines of a journal that cannot be read, by their numbers.
  private let brokenLines: [Int]

  /// - Throws: a ``Complaint`` that says what is wrong with the file.
  init(path: String) throws {
    self.path = path
    let bytes = try Self.read(path)
    guard bytes.starts(with: "MThd".utf8) else {
      let journal = try Self.journal(bytes, path: path)
      (content, brokenLines) = (.journal(journal.lines), journal.broken)
      return
    }
    brokenLines = []
    do { content = .midi(try StandardMIDIFile(bytes: bytes).events) } catch {
      throw Complaint("\(path) is damaged: \(error)")
    }
  }

  /// What of the file is left out, in words; `nil` where all of it is read.
  var damage: String? {
    guard !brokenLines.isEmpty else { return nil }
    let more = brokenLines.count > 10 ? " and \(brokenLines.count - 10) more" : ""
    let numbers = brokenLines.prefix(10).map(String.init).joined(separator: ", ")
    return "\(path): what stands in line \(numbers)\(more) is no line of a journal, and is left out"
  }

  /// The mapping that a journal was recorded with.
  var mapping: String? { if case .journal(let lines) = content { lines.first?.mapping } else { nil } }

  /// The composites that there were when a journal was begun.
  var composites: [String: Composite]? {
    if case .journal(let lines) = content { lines.first?.composites ?? [:] } else { nil }
  }

  /// The switchers of a journal that had several, by name.
  var switchers: [String]? {
    guard case .journal(let lines) = content else { return nil }
    return lines.first?.switchers?.map { String($0.prefix { $0 != "=" }) }
  }

  /// The first state that a switcher of a journal was in.
  func firstState(of switcher: Int) -> SwitcherState? {
    guard case .journal(let lines) = content else { return nil }
    return lines.lazy.compactMap { line in
      if case .update(.everything(let state)) = line.report, place(of: line) == switcher { state } else { nil }
    }.first
  }

  private func place(of line: JournalLine) -> Int { line.of.flatMap { switchers?.firstIndex(of: $0) } ?? 0 }

  /// What was heard and said, in order.
  ///
  /// - Throws: a ``Complaint`` where a journal was recorded on another surface.
  func items(on surface: Surface) throws -> [(at: Duration, item: Item)] {
    switch content {
    case .midi(let events): return events.map { ($0.at, .event($0.event)) }
    case .journal(let lines):
      guard lines.first?.surface == surface.name else {
        throw Complaint(
          "\(path) was recorded on \(lines.first?.surface ?? "?"), and the mapping is for \(surface.name)")
      }
      return lines.compactMap { line in
        let at = line.time
        if let event = line.event(on: surface) { return (at, .event(surface.encode(event))) }
        if let news = line.surfaceNews { return (at, .surface(news)) }
        return line.report.map { (at, .report($0, of: place(of: line))) }
      }
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes else {
      throw Complaint("there is no file \(path): name a MIDI file or a journal, or say `demo`")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw Complaint("\(path) is no file: name a MIDI file or a journal")
    }
    guard let size = attributes[.size] as? UInt64 ?? (attributes[.size] as? Int).map(UInt64.init), size <= limit else {
      throw Complaint("\(path) is too large for a session: at most \(limit >> 20) MiB are read")
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw Complaint("\(path) cannot be read: check its permissions")
    }
    return [UInt8](data)
  }

  private static func journal(_ bytes: [UInt8], path: String) throws -> (lines: [JournalLine], broken: [Int]) {
    let notASession =
      "\(path) is neither a MIDI file nor a journal: record one with `video-director run --journal FILE`"
    var (lines, broken): ([JournalLine], [Int]) = ([], [])
    let texts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, text) in texts.enumerated() where !text.isEmpty {
      do { lines.append(try JournalLine(text: String(decoding: text, as: UTF8.self))) } catch {
        guard !lines.isEmpty else { throw Complaint(notASession) }
        broken.append(index + 1)
      }
    }
    guard let version = lines.first?.journal else { throw Complaint(notASession) }
    guard version == JournalLine.version else {
      throw Complaint("\(path) is a journal of version \(version); version \(JournalLine.version) is read")
    }
    return (lines, broken)
  }
}
