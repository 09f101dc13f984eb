import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Switching

/// `video-director show check DIR`: everything that would be missed on the night.
struct ShowCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a show against a mapping, and against a switcher where one is named.",
    discussion: """
      Ends with 0 where there is nothing to do, with 1 where there is. What is only worth knowing, such as a skipped \
      dot file, is printed too.

        video-director show check Content
        video-director show check Content --mapping my.yaml --switcher obs://localhost
        video-director show check Content --switcher atem://10.0.0.5
        video-director show check Content --json
      """)

  @Argument(help: "The show's directory.", completion: .directory)
  var directory: String

  @Option(help: ArgumentHelp("The mapping to check against.", valueName: "file"))
  var mapping = DeskOptions.showStandard

  @Option(help: ArgumentHelp("A switcher to ask what it has of the show.", valueName: "url"))
  var switcher: SwitcherURL?

  @Option(help: PasswordFile.help)
  var passwordFile: [PasswordFile] = []

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    var show: String
    var remarks: [String]
    var problems: [String]
  }

  func run() async throws {
    let (mapping, _, _) = try Library().load(mapping: mapping)
    let tree = try ContentTree.read(directory)
    let report = ShowReport(tree, mapping, directory: directory)
    let names = (mapping.switchers.isEmpty ? mapping.addressed : mapping.switchers) + [switcher?.name].compactMap { $0 }
    var problems = report.problems + tree.objections { $0.check(switchers: names) }
    if let switcher, switcher.isLive {
      problems += try await SwitcherReading.read(
        switcher, passwordFile: passwordFile.path(for: switcher.name), show: tree.show
      ).objections(to: tree.show)
    }
    if json {
      Screen.print(
        try PrettyJSON.text(Report(show: tree.show.name, remarks: report.remarks, problems: problems)))
    } else {
      for line in report.remarks + problems { Screen.print(line) }
      Screen.print("\(report.size), \(problems.isEmpty ? "nothing to do" : "\(problems.count) to do")")
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }
}
