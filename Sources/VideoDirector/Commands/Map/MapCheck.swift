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
      With --switcher the names are looked up in the switcher's state: it is only asked, and what was sent to it is counted, \
      as in "27 questions, 0 orders". With --show, layers, shots, macros and scripts are looked up in the show's folder. Ends with 0 where all is well, with 1 where something is wrong, with 2 where it \
      could not look.

        video-director map check my.yaml
        video-director map check my.yaml --switcher obs://localhost --show Content
        video-director map check my.yaml --switcher main=obs://localhost --switcher side=atem://10.0.0.5
        video-director map check my.yaml --json
      """)

  @Argument(help: MapHelp.readFile, completion: .file(extensions: ["yaml"]))
  var file = DeskOptions.standard

  @OptionGroup var sources: MapSources

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    /// A switcher that was looked at, and what was sent to it for that.
    struct Look: Encodable {
      var name: String
      var product: String?
      var questions: Int
      var orders: Int

      init(_ name: String, _ reading: SwitcherReading) {
        (self.name, product) = (name, reading.state.product)
        (questions, orders) = (reading.traffic.questions, reading.traffic.orders)
      }

      var words: String {
        "\(product ?? name): \(questions) \(questions == 1 ? "question" : "questions"), "
          + "\(orders) \(orders == 1 ? "order" : "orders")"
      }
    }

    var file: String
    var problems: [ProblemRow] = []
    var switchers: [Look] = []
    /// Why it could not look.
    var failure: String?
  }

  func run() async throws {
    let problems: [Problem]
    let looks: [Report.Look]
    do { (problems, looks) = try await check() } catch {
      if json { Screen.print(try PrettyJSON.text(Report(file: file, failure: "\(error)"))) }
      Terminal.write("could not look: \(error)", to: STDERR_FILENO)
      throw ExitCode(2)
    }
    if json {
      Screen.print(
        try PrettyJSON.text(Report(file: file, problems: problems.map(ProblemRow.init), switchers: looks)))
    } else {
      for look in looks { Terminal.write(printable(look.words), to: STDERR_FILENO) }
      for problem in problems { Screen.print("\(problem)") }
      let count = problems.count
      Terminal.write(
        count == 0 ? "all is well" : "\(count) \(count == 1 ? "problem" : "problems")", to: STDERR_FILENO)
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }

  private func check() async throws -> (problems: [Problem], looks: [Report.Look]) {
    let library = Library()
    let path = try library.path(ofMapping: file)
    let text = try MappingFile.text(path)
    let name: String
    do { name = try MappingFile.surfaceName(text, file: path) } catch { return (error.list, []) }
    let show = try sources.showSlots()
    var check = MappingCheck(
      text, file: path, surface: try library.surface(named: name, near: path), macros: show?.macros)
    if let show { check.check(show.objection) }
    let readings = try await sources.readings(names: (try? MappingOutline(text, file: path))?.switchers ?? [])
    if !readings.isEmpty { check.check { SwitcherReading.objection(to: $0, among: readings) } }
    return (check.problems, readings.map(Report.Look.init))
  }
}
