import ArgumentParser
import Glibc

/// The command `video-director`.
struct VideoDirector: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "video-director",
    abstract: "Drives a video switcher from a MIDI controller, live.",
    discussion: """
      Reads the controller over the ALSA sequencer, maps each message through a table to an action, and tells the \
      switcher. The controller's lights show what the switcher has confirmed.

      Try it with nothing plugged in:  video-director replay demo
      """,
    version: "0.1.0",
    subcommands: [Run.self, Check.self, Replay.self, Shows.self, Map.self, Devices.self, Monitor.self]
  )

  static func main() async {
    // Whoever reads our lines may go away, as `head` does; a show must not end there, with its lights lit.
    signal(SIGPIPE, SIG_IGN)
    Password.take()
    await main(nil)
  }
}
