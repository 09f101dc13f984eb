import ArgumentParser
import FoundationEssentials
import Glibc
import MIDI
import ShowFiles
import Surfaces

/// `video-director map import`: a controller that was programmed otherwise.
struct MapImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Makes a surface file of what Korg's editor saved.",
    discussion: """
      Prints a surface.yaml with the file's controller numbers, to lie beside a mapping, and says on standard error what \
      else was programmed. A file in which a byte makes no sense is refused.

        video-director map import desk.nktrl2_data > surface.yaml
        video-director map import desk.nktrl2_data --json
      """)

  @Argument(
    help: ArgumentHelp("The file of Korg's editor.", valueName: "file"), completion: .file(extensions: ["nktrl2_data"]))
  var file: String

  @Flag(help: "Print the surface file and what else was programmed as JSON.")
  var json = false

  private struct Report: Encodable {
    var file: String
    var surface: String
    var notes: [String]
  }

  func run() throws {
    let (surface, notes) = try read()
    if json {
      Screen.print(try PrettyJSON.text(Report(file: file, surface: surface, notes: notes)))
    } else {
      for note in notes { Terminal.write(note, to: STDERR_FILENO) }
      Screen.print(surface)
    }
  }

  private func read() throws -> (surface: String, notes: [String]) {
    var notes: [String] = []
    func note(_ text: String) { notes.append(text) }
    guard let data = FileManager.default.contents(atPath: file) else { throw Complaint("\(file) cannot be read") }
    guard data.count <= 1 << 16, let scene = KorgEditorFile.scene(in: Array(data)) else {
      throw Complaint(
        "\(file) is no scene of a nanoKONTROL2 as Korg's editor saves it: save it there anew, or write the numbers that "
          + "the editor shows into a copy of surface.yaml")
    }
    var surface = try Library().surface(named: "korg-nanokontrol2")
    var owners: [UInt7: String] = [:]
    var controls: [Control] = []
    for (name, assignment) in zip(KorgEditorFile.controls, scene.assignments) {
      guard var control = surface.control(named: name).map({ surface[$0] }) else { continue }
      guard assignment.kind == .controlChange else {
        note("\(control.label) sends \(assignment.kind == .note ? "notes" : "nothing"): it is left out")
        continue
      }
      if let owner = owners.updateValue(name, forKey: assignment.number) {
        note("\(control.label) sends \(owner)'s controller \(assignment.number): it is left out")
        owners[assignment.number] = owner
        continue
      }
      if assignment.behaviour == .toggle, !control.kind.isContinuous {
        note("\(control.label) toggles: every second press would be taken for a release; set it to Momentary")
      }
      if !control.kind.isContinuous, assignment.high < Surface.pressThreshold {
        note("\(control.label) sends \(assignment.high) when pressed, which never counts as a press: set that to 127")
      }
      if !control.kind.isContinuous, assignment.low >= Surface.pressThreshold {
        note("\(control.label) sends \(assignment.low) when released, which counts as a press: set that to 0")
      }
      if assignment.channel != .first { note("\(control.label) is on channel \(assignment.channel)") }
      control.controller = assignment.number
      controls.append(control)
    }
    if scene.controlMode != .controlChange { note("the file sets a DAW mode: the mapping needs CC mode") }
    surface = Surface(
      name: surface.name, title: surface.title, clientName: surface.clientName, handshake: surface.handshake,
      panel: surface.panel, controls: controls)
    return (SurfaceFile.print(surface), notes)
  }
}
