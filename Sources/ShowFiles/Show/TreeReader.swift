import Glibc
import Mappings
import Switching
import Yams

/// The reading of one tree.
struct TreeReader {
  let root: String
  /// The root as it was named, for messages.
  let shown: String
  let growing: Set<String>
  /// The last `show.yaml` that nothing was wrong in.
  let lastSheet: String?
  var notes: [Problem] = []
  var folders: [String] = []

  init(root: String, shown: String, growing: Set<String>, lastSheet: String?) {
    self.root = root
    self.shown = shown == "/" ? "" : shown
    self.growing = growing
    self.lastSheet = lastSheet
  }

  mutating func note(_ name: String, _ message: String, _ advice: String) {
    notes.append(Problem(file: printable("\(shown)/\(name)"), message: message, advice: advice))
  }

  mutating func read() throws(Problems) -> ContentTree {
    let top: Folder
    do { top = try Folder(root, root: root) } catch {
      throw Problems([Problem(file: shown, message: error.message, advice: error.advice)])
    }
    folders.append(root)
    let (sheet, text) = self.sheet(top)
    var macros: [String: String] = [:]
    var scripts: [String] = []
    var found: [String] = []
    noteUnspeakable(top, in: "")
    for entry in top.entries {
      if entry.name == ContentTree.sheetName { continue }
      switch entry.kind {
      case .folder where entry.name.hasPrefix("."): note(entry.name, "skipped: its name begins with a dot", "")
      case .folder where entry.name == ContentTree.scriptsFolder: (macros, scripts) = runnables()
      case .folder: found.append(entry.name)
      case .file where entry.name.hasPrefix("."): note(entry.name, "skipped: its name begins with a dot", "")
      case .file where MediaKind(fileName: entry.name) != nil:
        note(entry.name, "it lies beside the layers and is in none", "move it into the folder of its layer")
      case .file: note(entry.name, "skipped: the show needs no such file", "")
      default: skip(entry, entry.name)
      }
    }
    let layers = order(found, sheet).compactMap { layer($0, isFolder: found.contains($0), sheet) }
    let name = root.split(separator: "/").last.map(String.init) ?? "/"
    return ContentTree(
      show: Show(name: name, layers: layers, directory: root), notes: notes, macros: macros, scripts: scripts,
      folders: folders, sheet: text)
  }

  /// What `show.yaml` says, and its text where nothing is wrong in it.
  private mutating func sheet(_ top: Folder) -> (ShowSheet, good: String?) {
    guard let entry = top.entries.first(where: { $0.name == ContentTree.sheetName }) else { return (ShowSheet(), nil) }
    let path = "\(root)/\(ContentTree.sheetName)"
    var reader = YAMLReader(file: "\(shown)/\(ContentTree.sheetName)")
    guard !growing.contains(path) else { return (last, lastSheet) }
    guard case .file = entry.kind else {
      skip(entry, entry.name)
      return (last, lastSheet)
    }
    do {
      let text = try TextFile.read(path)
      let sheet = reader.document(text).map { reader.showSheet($0) } ?? ShowSheet()
      if reader.problems.isEmpty { return (sheet, text) }
      notes += reader.problems
      guard lastSheet == nil else {
        note(ContentTree.sheetName, "it is left aside: the show stays as it said before", "")
        return (last, lastSheet)
      }
      return (sheet, nil)
    } catch {
      notes.append(error)
      return (last, lastSheet)
    }
  }

  private var last: ShowSheet {
    var reader = YAMLReader(file: "")
    return lastSheet.flatMap { reader.document($0) }.map { reader.showSheet($0) } ?? ShowSheet()
  }

  /// The sheet's layers in its order, then the original's in its own, then the others by name.
  private func order(_ found: [String], _ sheet: ShowSheet) -> [String] {
    var names = sheet.layers.map(\.name)
    for name in ContentTree.standardLayers where found.contains(name) && !names.contains(name) { names.append(name) }
    return names + found.filter { !names.contains($0) }
  }

  private mutating func runnables() -> (macros: [String: String], scripts: [String]) {
    let name = ContentTree.scriptsFolder
    guard let folder = list(name) else { return ([:], []) }
    var macros: [String: String] = [:]
    var scripts: [String] = []
    for entry in folder.entries {
      switch entry.kind {
      case .file where entry.name.hasPrefix("."):
        note("\(name)/\(entry.name)", "skipped: its name begins with a dot", "")
      case .file where entry.name.hasSuffix(".yaml"):
        macros[String(entry.name.dropLast(5))] = "\(root)/\(name)/\(entry.name)"
      case .file where ScriptFile.isProgram("\(root)/\(name)/\(entry.name)"): scripts.append(entry.name)
      case .file:
        note(
          "\(name)/\(entry.name)", "skipped: it is neither a macro nor a script",
          "end the name of a macro in .yaml, or chmod +x a script")
      default: skip(entry, "\(name)/\(entry.name)")
      }
    }
    return (macros, scripts)
  }

  // MARK: Layers

  private mutating func layer(_ name: String, isFolder: Bool, _ sheet: ShowSheet) -> Layer? {
    let sheet = sheet.layers.first { $0.name == name } ?? ShowSheet.LayerSheet(name: name)
    var shots: [Shot] = []
    if isFolder, let folder = list(name) {
      for entry in folder.entries {
        guard var shot = shot(entry, in: name) else { continue }
        sheet.options.apply(to: &shot)
        sheet.files.first { $0.name == entry.name }?.options.apply(to: &shot)
        shots.append(shot)
      }
    } else if !isFolder, sheet.shots.isEmpty {
      note(name, "the layer has no folder", "make it, or take the layer out of show.yaml")
    }
    for (file, node, _) in sheet.files where !shots.contains(where: { $0.name == file }) {
      notes.append(
        Problem(
          file: "\(shown)/\(ContentTree.sheetName)", line: node.mark?.line, column: node.mark?.column,
          message: "layer \(name) has no file \(printable(file))",
          advice: nearest(to: file, among: shots.lazy.map(\.name)).map { "did you mean \(printable($0))?" }
            ?? "put it there, or take the line out"))
    }
    for shot in sheet.shots {
      if shots.contains(where: { $0.name == shot.name }) {
        note(name, "\(shot.name) is a file and a shot of show.yaml", "give the shot another name:")
      } else {
        shots.append(shot)
      }
    }
    return Layer(name: name, shots: shots)
  }

  private mutating func shot(_ entry: Folder.Entry, in layer: String) -> Shot? {
    let place = "\(layer)/\(entry.name)"
    if entry.name.hasPrefix(".") {
      note(place, "skipped: its name begins with a dot", "")
      return nil
    }
    switch entry.kind {
    case .file(let size, let modified):
      guard let kind = MediaKind(fileName: entry.name) else {
        note(place, "skipped: no layer can show this kind of file", "known are \(listed(MediaKind.known))")
        return nil
      }
      let file = Shot.File(path: "\(root)/\(place)", size: size, modified: modified)
      guard isSound(file, kind, place) else { return nil }
      switch kind {
      case .image: return Shot(name: entry.name, content: .image(file))
      case .video: return Shot(name: entry.name, content: .video(file))
      case .audio: return Shot(name: entry.name, content: .audio(file))
      }
    case .folder(let modified): return slideshow(entry.name, place, modified)
    default:
      skip(entry, place)
      return nil
    }
  }

  private mutating func slideshow(_ name: String, _ place: String, _ modified: Int) -> Shot? {
    guard let folder = list(place) else { return nil }
    var (size, newest, images) = (0, modified, [String]())
    for entry in folder.entries {
      guard !entry.name.hasPrefix("."), case .file(let bytes, let written) = entry.kind,
        MediaKind(fileName: entry.name) == .image
      else {
        note("\(place)/\(entry.name)", "it is no image, so the slideshow leaves it out", "take it out of the folder")
        continue
      }
      let file = Shot.File(path: "\(root)/\(place)/\(entry.name)", size: bytes, modified: written)
      guard isSound(file, .image, "\(place)/\(entry.name)") else { continue }
      images.append(entry.name)
      size += bytes
      newest = max(newest, written)
    }
    guard !images.isEmpty else {
      note(place, "skipped: a folder inside a layer is a slideshow, and this one has no images", "put images into it")
      return nil
    }
    let file = Shot.File(path: "\(root)/\(place)", size: size, modified: newest)
    return Shot(name: name, content: .slideshow(file, images: images, milliseconds: 5000), loops: true)
  }

  // MARK: What is wrong

  /// Whether a file can be read and looks like what it is said to be. One that is being written is not looked at yet.
  private mutating func isSound(_ file: Shot.File, _ kind: MediaKind, _ place: String) -> Bool {
    if growing.contains(file.path) { return true }
    // Not blocking: in the meantime somebody may have put a pipe there.
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let advice = errno == EACCES ? "chmod u+r it, or run as its owner" : "check the file"
      note(place, "skipped: it cannot be read (\(Folder.words(errno)))", advice)
      return false
    }
    defer { close(descriptor) }
    guard let complaint = MediaHeader.complaint(about: descriptor, size: file.size, kind: kind) else { return true }
    note(place, "skipped: \(complaint)", "copy it again, or open it in a player to see what it is")
    return false
  }

  private mutating func list(_ name: String) -> Folder? {
    do {
      let folder = try Folder("\(root)/\(name)", root: root)
      folders.append("\(root)/\(name)")
      noteUnspeakable(folder, in: name + "/")
      return folder
    } catch {
      note(name, "skipped: \(error.message)", error.advice)
      return nil
    }
  }

  private mutating func noteUnspeakable(_ folder: Folder, in place: String) {
    for name in folder.unspeakable { note(place + name, "skipped: its name is not UTF-8", "rename it") }
  }

  private mutating func skip(_ entry: Folder.Entry, _ place: String) {
    switch entry.kind {
    case .badLink(let words): note(place, "skipped: it is a link, and \(words)", "put the file itself there")
    case .special: note(place, "skipped: it is a pipe, socket or device", "take it out of the show")
    case .unreadable(let words): note(place, "skipped: it cannot be read (\(words))", "check the file")
    case .file, .folder: note(place, "skipped: it is in the wrong place", "move it into the folder of its layer")
    }
  }
}
