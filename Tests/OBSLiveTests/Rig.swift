import Foundation
import LiveSupport
import Synchronization
import Testing

/// An OBS of a test's own, that it may kill: `Tests/Rigs/run-obs.sh` with a directory and a port that stay.
final class Rig {
  /// How often it is to be killed in a row, where that was said.
  static let kills = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_OBS_KILLS"].flatMap { Int($0) }

  let obs: LiveOBS
  private let directory: URL
  private let transitions: String
  private var script: pid_t?

  /// - Parameter transitions: more than Cut and Fade, as OBS saves them: a list in JSON.
  init(transitions: String = "[]") async throws {
    self.transitions = transitions
    _ = try LiveOBS.required()  // the programs are there
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("obs-rig-\(UUID())")
    // A port of the private range, unlikely to be anybody's.
    obs = LiveOBS(host: "127.0.0.1", port: Int.random(in: 50_000...60_000), password: "rig-\(UUID())")
    try await start()
  }

  deinit {
    if let script {
      signal(SIGCONT)
      Foundation.kill(script, SIGINT)
      waitpid(script, nil, 0)
    }
    try? FileManager.default.removeItem(at: directory)
  }

  /// Starts OBS, and waits for its word that the server is there.
  func start() async throws {
    let words = [
      "Tests/Rigs/run-obs.sh", "-l", "-d", directory.path, "-p", String(obs.port), "-w", obs.password, "-t",
      transitions,
    ]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // The threads of a test have signals blocked, and what a shell starts in the background ignores SIGINT; both are
    // handed on, by Foundation's Process too, and the rig could not be stopped.
    var attributes = posix_spawnattr_t()
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var started = pid_t()
    try #require(posix_spawn(&started, words[0], nil, &attributes, &arguments, environ) == 0)
    script = started
    try await poll("OBS to start", seconds: 30) { pid != nil && isListening }
  }

  /// `kill -9`, and waits until the rig has noticed.
  func kill() async throws {
    signal(SIGKILL)
    try await poll("the rig to end") { script.map { waitpid($0, nil, WNOHANG) } != 0 }
    script = nil
  }

  enum End { case orderly, crash, kill }

  /// Quits OBS by SIGINT, and waits until the rig has noticed. OBS 29.0.2 itself crashes now and then when it quits, in its
  /// own windows, or does nothing; then it is killed.
  func quit() async throws -> End {
    signal(SIGINT)
    var status: CInt = 0
    for _ in 0..<800 {
      if let script, waitpid(script, &status, WNOHANG) != 0 {
        self.script = nil
        return status == 0 ? .orderly : .crash
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    try await kill()
    return .kill
  }

  /// Presses Kick in OBS's own window (Tools → WebSocket Server Settings) until its one client is gone.
  func kick(until isGone: () -> Bool) async throws {
    // The button's place depends on the fonts: the column of the buttons is gone over. There is nothing else to press in it.
    let places = (0..<70).map { "\(600 - $0 / 7 * 15) \(455 + $0 % 7 * 8)" }
    let settings = #"search --onlyvisible --name "WebSocket Server Settings""#
    try await poll("the window", seconds: 20) {
      try xdotool("key Escape sleep 0.1 key alt+t sleep 0.3 key Up Return sleep 0.3") && xdotool(settings)
    }
    try await poll("the kick", seconds: 30) {
      for place in places where !isGone() { _ = try xdotool("mousemove \(place) click 1 sleep 0.02") }
      return isGone()
    }
    _ = try xdotool("key Escape")
  }

  /// What xdotool says to its arguments, on OBS's display.
  private func xdotool(_ arguments: String) throws -> Bool {
    let display = try String(contentsOf: directory.appendingPathComponent("display"), encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec xdotool \(arguments) >/dev/null 2>&1"]
    process.environment = [
      "PATH": "/usr/bin:/bin", "DISPLAY": ":" + display.trimmingCharacters(in: .whitespacesAndNewlines),
    ]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Leaves OBS no more files to open than it has, or a thousand.
  func setFiles(areShort: Bool) throws {
    let pid = try #require(pid)
    // It has 24 open. The kernel looks for a number that is free and lower than the limit.
    let limit = areShort ? 16 : 1024
    let prlimit = try Process.run(
      URL(filePath: "/usr/bin/prlimit"), arguments: ["--pid", "\(pid)", "--nofile=\(limit):"])
    prlimit.waitUntilExit()
    try #require(prlimit.terminationStatus == 0)
  }

  func signal(_ number: Int32) { if let pid { _ = Foundation.kill(pid, number) } }

  /// Holds OBS up, as a busy machine does, until it mixes its sound as late as it ever does, or a dozen times. From then
  /// on it ends a transition up to a second after the last frame of it.
  func makeSoundLate() {
    for _ in 0..<12 where !hasLogged("Max audio buffering reached!") {
      // The fault itself: OBS stands still, and runs again for a while.
      signal(SIGSTOP)
      usleep(1_200_000)
      signal(SIGCONT)
      usleep(400_000)
    }
  }

  /// What OBS of the last start has logged, each request that it was made among it.
  var log: String { directory.appendingPathComponent("obs.log").path }

  private var isListening: Bool { hasLogged("Server started successfully on port \(obs.port)") }

  private func hasLogged(_ words: String) -> Bool {
    let log = try? String(contentsOfFile: log, encoding: .utf8)
    return log?.contains(words) ?? false
  }

  /// The OBS among the children of the rig.
  private var pid: pid_t? {
    guard let rig = script else { return nil }
    let children = try? String(contentsOfFile: "/proc/\(rig)/task/\(rig)/children", encoding: .utf8)
    return children?.split(separator: " ").compactMap { pid_t($0) }.first {
      (try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8)) == "obs\n"
    }
  }
}
