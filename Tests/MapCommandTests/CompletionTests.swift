import Foundation
import Testing

@Suite("The shell's completion", .serialized)
struct CompletionTests {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish

    var arguments: [String] {
      switch self {
      case .bash: ["--norc", "-i"]
      case .zsh: ["-f", "-i"]
      case .fish: ["-i"]
      }
    }

    /// How its manual says that a completion is taken in; the script lies in the folder.
    var setup: String {
      switch self {
      case .bash: "source _video-director"
      case .zsh: "fpath=($PWD $fpath); autoload -U compinit; compinit -u -D"
      case .fish: "source _video-director"
      }
    }
  }

  @Test("knows controls, actions, files and options", .timeLimit(.minutes(2)), arguments: Shell.allCases)
  func completes(shell: Shell) throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = try Program(["--generate-completion-script", shell.rawValue]).end()
    try Data(script.output.utf8).write(to: folder.appending(path: "_video-director"))
    try FileManager.default.copyItem(
      atPath: "\(Project.folder)/scenes.yaml", toPath: folder.appending(path: "saturday.yaml").path)
    let terminal = try PseudoTerminal(
      "/usr/bin/env", [shell.rawValue] + shell.arguments, columns: 200, in: folder,
      [
        "PATH": "\(Project.program.deletingLastPathComponent().path):/usr/bin:/bin", "HOME": folder.path,
        "VIDEO_DIRECTOR_MAPPINGS": Project.root.appending(path: "Mappings").path,
      ])
    defer { terminal.hangUp() }
    terminal.type("\(shell.setup); echo it is re''ady\n")
    try terminal.wait(for: "it is ready")
    for (typed, completed) in [
      ("video-director map chec", "check"), ("satur", "saturday.yaml"),
      ("\u{15}video-director map set saturday.yaml cyc", "cycle"),
      ("scen", "scene"), ("1 previ", "preview"), ("--takeov", "--takeover"), ("pick", "pickup"),
      ("\u{15}video-director map show satur", "saturday.yaml"), ("track-ri", "track-right"),
      ("\u{15}video-director map show sli", "slider-"), ("\u{15}video-director map actions transi", "transition"),
    ] {
      terminal.type(typed + "\t")
      try terminal.wait(for: completed)
    }
  }
}
