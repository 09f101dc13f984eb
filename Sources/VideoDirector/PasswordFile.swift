import ArgumentParser
import Mappings

/// A file with a password: of every switcher, or of the one that is named before it, `main=FILE`.
struct PasswordFile: ExpressibleByArgument, Hashable {
  static let help = ArgumentHelp(
    "A file with the switcher's password, readable by you alone; else $OBS_WEBSOCKET_PASSWORD. Where there are several "
      + "switchers, NAME=FILE is that of one.", valueName: "[name=]file")

  /// The switcher that it is for; `nil` for all that have none of their own.
  var name: String?
  var path: String

  init(argument: String) {
    path = argument
    guard let sign = argument.firstIndex(of: "="), SwitcherName.isValid(argument[..<sign]) else { return }
    name = String(argument[..<sign])
    path = String(argument[argument.index(after: sign)...])
  }
}

extension [PasswordFile] {
  /// The file of the switcher of a name: its own, or the one for all.
  func path(for switcher: String?) -> String? {
    (first { $0.name != nil && $0.name == switcher } ?? first { $0.name == nil })?.path
  }

  /// - Throws: a ``Complaint`` where a file is for a switcher that is not there, or one switcher has two.
  func check(against switchers: [String]) throws {
    for (index, file) in enumerated() {
      if let name = file.name, !switchers.contains(name) {
        throw Complaint(
          "--password-file \(name)=\(file.path) is for a switcher that is not there: there is \(listed(switchers))")
      }
      if self[..<index].contains(where: { $0.name == file.name }) {
        throw Complaint(
          "--password-file is given twice for \(file.name ?? "all switchers"): say whose each is, \(switchers[0])=FILE")
      }
    }
  }
}
