import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Switching

/// `video-director map check`: everything that is wrong, before the show.
struct MapCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds what is wrong in a mapping, and says where and what to do.",
    discussion: """
      With --switcher the names are looked up in the switcher's state; it is given no order. With --show, layers and shots are \
      looked up in the show's folder. Ends with 0 where all is well, with 1 where something is wrong, with 2 where it \
      could not look.

        video-director map check my.yaml
        video-director map check my.yaml --switcher obs://localhost --show Content
        video-director map check my.yaml --json
      """)

  @Argument(help: MapHelp.readFile, completion: .file(extensions: ["yaml"]))
  var file = DeskOptions.standard

  @OptionGroup var sources: MapSources

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let problems: [Problem]
    do { problems = try await check() } catch {
      Terminal.write("could not look: \(error)", to: STDERR_FILENO)
      throw ExitCode(2)
    }
    if json {
      Screen.print(try PrettyJSON.text(problems.map(ProblemRow.init)))
    } else {
      for problem in problems { Screen.print("\(problem)") }
      let count = problems.count
      Terminal.write(
        count == 0 ? "all is well" : "\(count) \(count == 1 ? "problem" : "problems")", to: STDERR_FILENO)
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }

  private func check() async throws -> [Problem] {
    let library = Library()
    let path = try library.path(ofMapping: file)
    let text = try MappingFile.text(path)
    let name: String
    do { name = try MappingFile.surfaceName(text, file: path) } catch { return error.list }
    var check = MappingCheck(text, file: path, surface: try library.surface(named: name, near: path))
    if let show = try sources.showSlots() { check.check(show.objection) }
    let readings = try await sources.readings(names: (try? MappingOutline(text, file: path))?.switchers ?? [])
    if !readings.isEmpty { check.check { SwitcherReading.objection(to: $0, among: readings) } }
    for (_, reading) in readings where !json {
      Terminal.write("\(reading.state.product ?? "the switcher"): looked at, no order given", to: STDERR_FILENO)
    }
    return check.problems
  }
}
