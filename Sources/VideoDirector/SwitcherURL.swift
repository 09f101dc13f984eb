import ATEM
import ArgumentParser
import Loops
import Mappings
import NIOCore
import OBS
import Rehearsal
import Switching

/// A switcher as the command line names it: `obs://HOST[:4455]`, `atem://HOST`, `rehearsal:`, `recorder:FILE`, and
/// with a name where there are several: `main=atem://10.0.0.5`.
struct SwitcherURL: ExpressibleByArgument {
  static let help = ArgumentHelp(
    "The switcher: obs://HOST[:4455], obss://HOST (TLS), atem://HOST[:9910], rehearsal: (in memory), recorder:FILE (in memory, each "
      + "command a JSON line in FILE). Several: --switcher main=URL --switcher side=URL; the first is meant where a "
      + "binding names none. (default: rehearsal:)", valueName: "url")

  static let rehearsal = SwitcherURL(text: "rehearsal:")

  var text: String
  /// What the mapping calls it; `nil` where the command line does not say.
  var name: String?

  init(text: String) { self.text = text }

  init?(argument: String) {
    text = argument
    guard let sign = argument.firstIndex(of: "="), SwitcherName.isValid(argument[..<sign]) else { return }
    name = String(argument[..<sign])
    text = String(argument[argument.index(after: sign)...])
  }

  /// `obs`, `atem`, `rehearsal`, `recorder`.
  var kind: String { scheme.map(String.init) ?? text }

  var defaultValueDescription: String { text }

  /// Whether the switcher is a machine of its own, and not in memory.
  var isLive: Bool { scheme.map { $0 != "rehearsal" && $0 != "recorder" } ?? false }

  private var scheme: Substring? { text.firstIndex(of: ":").map { text[..<$0] } }

  /// Makes the switcher that the URL names, without connecting it.
  ///
  /// - Throws: a ``Complaint`` where the URL names none.
  func switcher(on loop: NIOLoop, passwordFile: String?) throws -> any Switcher {
    switch scheme {
    case "obs", "obss":
      let address = try OBSAddress(text)
      return OBSSwitcher(
        address: address, password: try Password.read(file: passwordFile), eventLoop: loop.eventLoop)
    case "atem": return ATEMSwitcher(address: try ATEMAddress(text), eventLoop: loop.eventLoop)
    default: return try memory(base: RehearsalSwitcher(loop: loop), loop: loop)
    }
  }

  /// Makes a switcher in memory.
  ///
  /// - Parameter base: what answers in the switcher's place.
  /// - Throws: a ``Complaint`` where the URL names none.
  func memory(base: any Switcher, loop: any Loop) throws -> any Switcher {
    switch scheme {
    case "rehearsal": base
    case "recorder": try Recorder(path: String(text.dropFirst("recorder:".count)), base: base, loop: loop)
    default: throw Complaint("\(text) names no switcher: say obs://HOST, atem://HOST, rehearsal: or recorder:FILE")
    }
  }
}
