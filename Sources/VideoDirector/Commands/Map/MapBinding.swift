import ArgumentParser
import ShowFiles

/// How an action is bound: what `set` and `learn` share.
struct MapBinding: ParsableArguments {
  /// What is done with a button.
  enum Gesture: String, CaseIterable {
    case press, double, hold, release

    /// Its name in a mapping.
    var part: String { self == .press ? "do" : "on-\(rawValue)" }

    var next: Gesture {
      let all = Self.allCases
      return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
  }

  @Option(help: "Ask to be held for a time before it acts: 1s.")
  var hold: String?

  @Option(help: "Ask for a second press before it acts: twice.", completion: .list(["twice", "none"]))
  var confirm: String?

  @Flag(help: "Bind the double press.")
  var double = false

  @Flag(help: "Bind the long press.")
  var held = false

  @Flag(help: "Bind the release.")
  var released = false

  @Option(help: "The page; without it, every page.")
  var page: String?

  @Flag(help: "Make the page.")
  var newPage = false

  @Option(help: "What the light shows: auto, off.", completion: .list(["auto", "off", "none"]))
  var light: String?

  @Option(
    help: "How a slider takes over: pickup, catch-up, jump.", completion: .list(["pickup", "catch-up", "jump", "none"]))
  var takeover: String?

  @Option(parsing: .unconditional, help: "The levels at the slider's ends: -60dB,0dB.")
  var range: String?

  @Option(help: "Whether the slider works upside down: true, false.", completion: .list(["true", "false", "none"]))
  var invert: String?

  @Option(
    help: "The slider's law: logarithmic, decibel.", completion: .list(["logarithmic", "decibel", "none"]))
  var curve: String?

  func validate() throws {
    guard [double, held, released].filter({ $0 }).count <= 1 else {
      throw ValidationError("say one of --double, --held and --released")
    }
    if newPage, page == nil { throw ValidationError("--new-page needs --page NAME") }
  }

  var gesture: Gesture { double ? .double : held ? .hold : released ? .release : .press }

  /// Whether no option of the binding is said.
  var isEmpty: Bool { options.isEmpty }

  private var options: [String: String] {
    let list = range.map { $0 == "none" ? $0 : "[\($0.split(separator: ",").joined(separator: ", "))]" }
    let all = [
      "hold": hold, "confirm": confirm, "light": light, "takeover": takeover, "range": list, "invert": invert,
      "curve": curve,
    ]
    return all.compactMapValues { $0 }
  }

  /// Where a control is bound.
  func slot(_ control: String) -> MappingOutline.Slot { MappingOutline.Slot(control, page: page) }

  /// - Parameters:
  ///   - action: `nil` where it stays as it is.
  ///   - gesture: that of the options, where it is `nil`.
  ///   - hasPage: whether a new page is made already.
  func edits(
    of control: String, to action: String?, gesture: Gesture? = nil, hasPage: Bool = false
  ) -> [MappingEdit] {
    var parts = options.filter { $0.value != "none" }
    parts[(gesture ?? self.gesture).part] = action
    let removed = options.filter { $0.value == "none" }.keys.sorted()
    return (newPage && !hasPage ? [.addPage(page ?? "")] : []) + [.set(slot(control), parts, removing: removed)]
  }
}
