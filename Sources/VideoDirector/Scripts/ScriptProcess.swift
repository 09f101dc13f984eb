import Direction
import Glibc

/// A program that was started: no shell, nothing of ours but the pipe that it prints to, its own process group.
struct ScriptProcess {
  let id: pid_t
  private let output: Int32

  /// Starts it.
  ///
  /// - Parameter show: the show's directory, which it is told as `VIDEO_DIRECTOR_SHOW`.
  /// - Throws: a ``Complaint`` where it cannot be started.
  init(_ path: String, _ arguments: [String], show: String) throws {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else { throw Self.complaint(path, errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO)
    for file in Self.openFiles where file > STDERR_FILENO { posix_spawn_file_actions_addclose(&actions, file) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    let environment: [UnsafeMutablePointer<CChar>?] =
      (Self.environment + ["VIDEO_DIRECTOR_SHOW=\(show)"]).map { strdup($0) } + [nil]
    defer { (words + environment).forEach { free($0) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, path, &actions, &attributes, words, environment)
    close(pipe[1])
    guard error == 0 else {
      close(pipe[0])
      throw Self.complaint(path, error)
    }
    self.id = id
    output = pipe[0]
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    _ = fcntl(output, F_SETFD, FD_CLOEXEC)
  }

  /// All that it is told of where it runs; the switcher's password is nothing of its business.
  private static var environment: [String] {
    ["PATH=/usr/local/bin:/usr/bin:/bin"]
      + ["HOME", "LANG"].compactMap { (name: String) in getenv(name).map { "\(name)=\(String(cString: $0))" } }
  }

  /// The files that this process has open.
  private static var openFiles: [Int32] {
    guard let folder = opendir("/proc/self/fd") else { return [] }
    defer { closedir(folder) }
    var files: [Int32] = []
    while let entry = readdir(folder) {
      // The kernel ends the name with a zero: readdir(3).
      let file = withUnsafeBytes(of: &entry.pointee.d_name) {
        Int32(String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self))
      }
      if let file { files.append(file) }
    }
    return files
  }

  private static func complaint(_ path: String, _ error: Int32) -> Complaint {
    Complaint(
      "\(path) cannot be started (\(String(cString: strerror(error)))): "
        + (error == ENOEXEC ? "begin it with #! and the program that reads it" : "try it by hand"))
  }

  /// Reads what it prints until it has ended, or the time has come.
  ///
  /// - Returns: whether it has ended by itself.
  func wait(until deadline: ContinuousClock.Instant, reading text: inout ScriptOutput) -> Bool {
    var isOpen = true
    while ContinuousClock.now < deadline {
      if isOpen {
        var wanted = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        poll(&wanted, 1, Self.pause)
        isOpen = read(&text)
      } else {
        usleep(useconds_t(Self.pause * 1000))
      }
      if hasEnded {
        _ = isOpen && read(&text)
        return true
      }
    }
    return false
  }

  /// In milliseconds, how often it is looked whether it has ended with its output still open.
  private static let pause: Int32 = 5

  /// Takes what is there to be read.
  ///
  /// - Returns: whether more may come.
  private func read(_ text: inout ScriptOutput) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { buffer in
      while true {
        let count = Glibc.read(output, buffer.baseAddress, buffer.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        text.append(buffer.prefix(count))
        // One that prints without end must not keep its deadline away.
        if count == buffer.count, text.lostBytes > 0 { return true }
      }
    }
  }

  /// Its number stays taken until ``end()``.
  private var hasEnded: Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo != 0
  }

  /// Kills what is left of its group, and says how it ended.
  func end() -> ScriptReport.End {
    kill(-id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    close(output)
    // As WIFEXITED, WEXITSTATUS and WTERMSIG of wait(2) say, which Swift does not import.
    return status & 0x7F == 0 ? .exited(Int(status >> 8 & 0xFF)) : .signalled(Int(status & 0x7F))
  }
}
