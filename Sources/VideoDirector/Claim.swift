import ALSASequencer
import Glibc
import Synchronization

/// The right to drive the controllers of this machine, which one run of the program has at a time: two that listen to one
/// controller would do everything twice.
///
/// It is a name in the kernel (unix(7), abstract): taken by one of two that ask in the same moment, and free again when its
/// process is gone, however that ended.
final class Claim: Sendable {
  /// -1 after it was given up.
  private let socket: Atomic<Int32>

  /// - Throws: a ``Complaint`` where there is no sequencer, or another run of the program drives the controllers.
  init() throws {
    do { if let other = try Sequencer.directors().first { throw Self.complaint(about: other) } } catch let error
      as SequencerError
    { throw Complaint("\(error)") }
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw Complaint("no socket is to be had (\(String(cString: strerror(errno))))") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array("\0video-director".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
    }
    self.socket = Atomic(socket)
    guard result < 0 else { return }
    let reason = errno
    release()
    throw reason == EADDRINUSE
      ? Self.complaint(about: nil)
      : Complaint("the controller cannot be claimed (\(String(cString: strerror(reason))))")
  }

  deinit { release() }

  /// Gives it up, before the process has ended.
  func release() {
    let open = socket.exchange(-1, ordering: .relaxed)
    if open >= 0 { close(open) }
  }

  private static func complaint(about other: Int32?) -> Complaint {
    let (name, remedy) = other.map { (" (process \($0))", "Ctrl-C or `kill \($0)`") } ?? ("", "Ctrl-C")
    return Complaint(
      "another Video Director\(name) has the controller, and every press would act twice: end that one with \(remedy), and "
        + "start again; one run drives several switchers: --switcher main=URL --switcher side=URL")
  }
}
