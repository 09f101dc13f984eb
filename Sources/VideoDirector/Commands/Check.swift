import ALSASequencer
import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Surfaces
import Switching

/// `video-director check`: is everything there, before the show?
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Looks at everything before the show: controller, mapping, show and switchers.",
    discussion: """
      Says what is there, each switcher with its true name and inputs, and what of the mapping and the show it lacks. No
      order is given to anything. Ends with 0 where all is ready, with 1 where something is wrong.

        video-director check --switcher obs://localhost
        video-director check --mapping my.yaml --show Content --switcher main=atem://10.0.0.5 --switcher side=obs://localhost
        video-director check --json
      """)

  @OptionGroup var options: DeskOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    var findings: [Finding] = []
    let table = Table(options)
    findings.append(controller(table.surface))
    findings.append(table.finding)
    if let show = options.show { findings.append(self.show(show, table.mapping)) }
    findings += await switchers(table)
    if json {
      Screen.print(try PrettyJSON.text(findings))
    } else {
      let width = findings.map(\.part.count).max() ?? 0
      for line in findings.flatMap({ $0.lines(width: width) }) { Screen.print(line) }
      let count = findings.reduce(0) { $0 + $1.problems.count }
      Screen.print(count == 0 ? "all is ready" : "\(count) \(count == 1 ? "problem" : "problems")")
    }
    if findings.contains(where: { !$0.problems.isEmpty }) { throw ExitCode.failure }
  }

  // MARK: The parts

  private func controller(_ surface: Surface?) -> Finding {
    var finding = Finding(part: "controller", summary: "none")
    do {
      let surfaces = try surface.map { [$0] } ?? Library().surfaces()
      let found = try Sequencer.ports().filter { port in
        surfaces.contains { $0.recognises(clientName: port.clientName) }
      }
      if let first = found.first {
        finding.summary = first.title
      } else {
        finding.problems = ["no \(listed(surfaces.map(\.title))) is plugged in: `video-director devices` says what is"]
      }
    } catch { finding.problems = ["\(error)"] }
    return finding
  }

  /// The mapping with its surface, as far as they can be read, and what is wrong with it alone.
  private struct Table {
    var finding: Finding
    var surface: Surface?
    var mapping: Mapping?
    var check: MappingCheck?
    /// The names of the switchers that it says it speaks of.
    var names: [String] = []

    init(_ options: DeskOptions) {
      let name = options.mapping ?? options.standardMapping
      finding = Finding(part: "mapping", summary: name)
      do {
        let library = Library()
        let path = try library.path(ofMapping: name)
        let text = try MappingFile.text(path)
        let surface = try library.surface(named: MappingFile.surfaceName(text, file: path), near: path)
        self.surface = surface
        let macros = options.show.flatMap { try? ContentTree.read($0) }.map { MacroCheck($0).macros }
        let check = MappingCheck(text, file: path, surface: surface, macros: macros)
        self.check = check
        names = (try? MappingOutline(text, file: path))?.switchers ?? []
        mapping = try? MappingFile.parse(text, file: path, surface: surface)
        let bindings = mapping?.allBindings.count ?? 0
        finding.summary = "\(path): \(bindings) bindings for the \(surface.title)"
        finding.problems = check.problems.map(\.description)
      } catch { finding.problems = "\(error)".split(separator: "\n").map(String.init) }
    }
  }

  private func show(_ directory: String, _ mapping: Mapping?) -> Finding {
    var finding = Finding(part: "show", summary: directory)
    do {
      let report = ShowReport(try ContentTree.read(directory), mapping, directory: directory)
      finding.summary = "\(directory): \(report.size)"
      finding.details = report.remarks
      finding.problems = report.problems
    } catch { finding.problems = error.list.map(\.description) }
    return finding
  }

  private func switchers(_ table: Table) async -> [Finding] {
    let switchers: [NamedSwitcher]
    do { switchers = try options.switchers(names: table.names) } catch {
      return [Finding(part: "switcher", summary: "none", problems: ["\(error)"])]
    }
    let tree = options.show.flatMap { try? ContentTree.read($0) }
    var findings: [Finding] = []
    for (place, switcher) in switchers.enumerated() {
      findings.append(await look(at: switcher, isFirst: place == 0, table, tree))
    }
    let steps = tree?.objections { $0.check(switchers: switchers.map(\.name)) } ?? []
    for words in (table.mapping?.missing(switchers) ?? []) + steps {
      findings.append(Finding(part: "switcher", summary: "missing", problems: [words]))
    }
    return findings
  }

  private func look(at switcher: NamedSwitcher, isFirst: Bool, _ table: Table, _ tree: ContentTree?) async -> Finding {
    var finding = Finding(part: switcher.name, summary: switcher.url.text)
    do {
      let reading = try await SwitcherReading.read(
        switcher.url, passwordFile: switcher.passwordFile, show: isFirst ? tree?.show : nil)
      finding.summary = "\(reading.state.product ?? "a switcher") at \(switcher.url.text)"
      finding.details = reading.state.inventory
      func objection(to action: any Action) -> (message: String, advice: String)? {
        guard action.switcher.map({ $0 == switcher.name }) ?? isFirst else { return nil }
        return reading.check.objection(to: action)
      }
      if var own = table.check {
        let before = Set(own.problems)
        own.check(objection)
        finding.problems = own.problems.filter { !before.contains($0) }.map(\.description)
      }
      finding.problems += tree?.objections { $0.check(objection) } ?? []
      if let show = tree?.show, isFirst { finding.problems += reading.objections(to: show) }
    } catch { finding.problems = ["\(error)"] }
    return finding
  }
}

extension SwitcherState {
  /// What there is to bind, a line each.
  fileprivate var inventory: [String] {
    func line(_ what: String, _ names: [String]) -> String? {
      names.isEmpty ? nil : "\(what): \(names.joined(separator: ", "))"
    }
    return [
      line("on air", program.map { [$0] } ?? []), line("scenes", scenes), line("audio", inputs.map(\.name)),
      line("transitions", transitions), line("keys", keys.keys.map(\.description).sorted()), line("macros", macros),
    ].compactMap { $0 }
  }
}
