import CBenchmark
import Direction
import Foundation
import Loops
import MIDI
import Mappings
import NIOCore
import NIOPosix
import OBS
import ShowFiles
import Surfaces
import Switching
import Synchronization

/// The product's own line, in this process: session, director and switcher on one loop, everything but the sequencer.
final class Line: Sendable {
  let surface: Surface
  let lights = LightCatcher()
  /// When the last order to mute had been written.
  let ordered = Stamp()
  /// When each of them had been written.
  let orders = Stamps()
  /// When OBS last confirmed what it was told to do.
  let confirmed = Stamp()
  private let session: Session
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let loop: NIOLoop
  private let isUp = Once()

  /// How long a new connection is left alone, in milliseconds.
  static let settling = 300.0

  static let folder = "Mappings/korg-nanokontrol2"

  /// Without the words that a device needs before its lights are ours.
  static func plainSurface() throws -> Surface {
    var surface = try SurfaceFile.read("\(folder)/surface.yaml")
    surface.handshake = nil
    return surface
  }

  static func scenes(_ surface: Surface) throws -> Mapping {
    try MappingFile.parse(MappingFile.text("\(folder)/scenes.yaml"), file: "scenes.yaml", surface: surface)
  }

  /// The shipped mapping, for a controller that needs no words before it is listened to.
  static func mapping(in folder: URL) throws -> String {
    let shipped = URL(fileURLWithPath: Self.folder)
    try FileManager.default.copyItem(
      at: shipped.appending(path: "scenes.yaml"), to: folder.appending(path: "scenes.yaml"))
    let surface = try String(contentsOf: shipped.appending(path: "surface.yaml"), encoding: .utf8)
    try surface.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("handshake:") }
      .joined(separator: "\n").write(to: folder.appending(path: "surface.yaml"), atomically: true, encoding: .utf8)
    return folder.appending(path: "scenes.yaml").path
  }

  /// Connects to an OBS, and waits until all is ready.
  ///
  /// - Parameter staged: whether the moments of each event can be watched.
  init(
    port: Int, host: String = "127.0.0.1", password: String? = nil, mapping: Mapping? = nil, staged: Bool = false
  ) throws {
    surface = try Self.plainSurface()
    loop = NIOLoop(group.next())
    let obs = OBSSwitcher(
      address: try OBSAddress("obs://\(host):\(port)"), password: password, eventLoop: loop.eventLoop)
    let switcher: any Switcher = staged ? StagedSwitcher(switcher: obs) : obs
    let (up, ordered, orders, confirmed) = (isUp, ordered, orders, confirmed)
    session = Session(
      director: Director(surface: surface, mapping: try mapping ?? Self.scenes(surface)), switchers: [switcher],
      loop: staged ? StagedLoop(loop: loop) : loop
    ) { entries, _ in
      for entry in entries {
        if case .link(.up, _) = entry { up.value.store(true, ordering: .relaxed) }
        if case .confirmed = entry { confirmed.set() }
        if case .order(let order, _) = entry, case .mute = order.command {
          ordered.set()
          orders.add(bench_now())
        }
      }
    }
    session.connect(lights)
    session.start()
    while !up.value.load(ordering: .relaxed) { usleep(1000) }
    usleep(UInt32(Self.settling * 1000))
  }

  func control(_ name: String) throws -> Control.ID {
    guard let id = surface.control(named: name) else { throw Sockets.Failure(call: "no control \(name)") }
    return id
  }

  /// What the reader's thread does with an event.
  ///
  /// - Returns: when it handed it over.
  @discardableResult
  func hand(_ control: Control.ID, _ change: ControlEvent.Change) -> UInt64 {
    let event = surface.encode(ControlEvent(control, change))
    let now = bench_now()
    session.receive(event, read: loop.time(ofUptime: now))
    return now
  }

  /// Presses a button, waits until that is done, and lets it go.
  ///
  /// - Returns: from the hand-over to write(2), in microseconds; `nil` where nothing was written.
  func press(_ button: Control.ID) -> Double? {
    confirmed.forget()
    bench_arm_write()
    let began = hand(button, .pressed)
    let written = wait { bench_written() }
    _ = wait { confirmed.time }
    hand(button, .released)
    return written > began ? Double(written - began) / 1000 : nil
  }

  /// Takes a slider over, so that it moves what it is bound to.
  func pickUp(_ slider: Control.ID) {
    hand(slider, .moved(0))
    for value in 0..<128 { hand(slider, .moved(UInt7(clamping: value))) }
    drain()
    usleep(20_000)
  }

  /// Waits until the loop has done all that was asked of it.
  func drain() { try? loop.eventLoop.submit {}.wait() }

  func stop() {
    let done = DispatchSemaphore(value: 0)
    session.stop { done.signal() }
    done.wait()
    try? group.syncShutdownGracefully()
  }
}

final class Once: Sendable {
  let value = Atomic(false)
}

/// The moment of the last of something.
final class Stamp: Sendable {
  private let last = Atomic<UInt64>(0)

  func set(_ time: UInt64 = bench_now()) { last.store(time, ordering: .relaxed) }
  func forget() { last.store(0, ordering: .relaxed) }
  /// 0 where it was not since it was forgotten.
  var time: UInt64 { last.load(ordering: .relaxed) }
}

/// The moments of all of something, in order.
final class Stamps: Sendable {
  private let all = Mutex<[UInt64]>([])

  func add(_ time: UInt64) { all.withLock { $0.append(time) } }
  func takeAll() -> [UInt64] {
    all.withLock { stamps in
      defer { stamps = [] }
      return stamps
    }
  }
}

/// Stands where the sequencer takes the lights' messages.
struct LightCatcher: SurfacePort {
  let name = "bench"
  let last = Stamp()

  func send(_ event: MIDIEvent) {
    bench_mark(Int32(BENCH_LIT))
    last.set()
  }
}

/// The inputs whose news are told by turns, the first left out, which is pressed. A light turns over four times at once
/// and then ten times a second: after so many news it is left alone for a while.
struct Turns {
  static let inputs = 7
  static let each = 3
  /// In microseconds.
  static let rest: UInt32 = 300_000
  static let count = inputs * each

  private var muted = [Bool](repeating: false, count: inputs)
  private var last = 0

  /// The number of the next input, and whether it is muted now.
  mutating func next() -> (number: Int, isMuted: Bool) {
    last = (last + 1) % Self.inputs
    muted[last].toggle()
    return (last + 2, muted[last])
  }
}

/// Waits until a stamp is there.
///
/// - Returns: the stamp; 0 where it did not come in a second.
///
/// - Parameter pause: how long to sleep between two looks, in microseconds.
func wait(every pause: UInt32 = 20, for stamp: () -> UInt64) -> UInt64 {
  let end = bench_now() + 1_000_000_000
  while bench_now() < end {
    let value = stamp()
    if value != 0 { return value }
    usleep(pause)
  }
  return 0
}
