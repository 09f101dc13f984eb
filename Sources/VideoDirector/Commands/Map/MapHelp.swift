import ArgumentParser
import FoundationEssentials
import Mappings
import ShowFiles
import Surfaces

/// What the commands about mappings have in common.
enum MapHelp {
  static let readFile = ArgumentHelp("The mapping: a file, or the name of a shipped one.", valueName: "file")
  static let editFile = ArgumentHelp("The mapping's file.", valueName: "file")
}

/// What the shell offers.
enum MapCompletion {
  static let controls = CompletionKind.custom { _, _, prefix in
    let controls = (try? Library().surfaces().flatMap(\.controls)) ?? []
    return controls.map(\.name).filter { $0.hasPrefix(prefix) }
  }

  /// A control, or before it the file of a mapping.
  static let controlsAndFiles = CompletionKind.custom { _, _, prefix in
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let controls = (try? Library().surfaces().flatMap(\.controls)) ?? []
    return (controls.map(\.name) + files.filter { $0.hasSuffix(".yaml") }.map { folder + $0 }.sorted())
      .filter { $0.hasPrefix(prefix) }
  }

  /// The word that comes next in an action, of those before it.
  static let actions = CompletionKind.custom { words, _, prefix in
    let start = words.lastIndex { Vocabulary.verbs.contains($0) }
    guard let start, words[start] != prefix else { return Vocabulary.verbs.filter { $0.hasPrefix(prefix) } }
    let place = max(1, words.count - 1 - start)
    let forms = Vocabulary.phrases.map { $0.form.split(separator: " ") }.filter {
      $0.first.map(String.init) == words[start]
    }
    let next = forms.filter { $0.count > place }.flatMap { $0[place].split(separator: "|") }.map(String.init)
    return Set(next.filter { $0 == $0.lowercased() && $0.hasPrefix(prefix) }).sorted()
  }
}

extension Surface {
  /// The control of a name.
  ///
  /// - Throws: a ``Complaint`` with the nearest name.
  func require(_ name: String) throws -> Control {
    guard let id = control(named: name) else {
      let near = nearest(to: name, among: controls.lazy.map(\.name)).map { "did you mean \($0)?" }
      throw Complaint("unknown control \(name): \(near ?? "`video-director map controls` lists them")")
    }
    return self[id]
  }
}
