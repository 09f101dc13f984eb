import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import OBS
import Switching
import Synchronization
import Testing

@testable import OBS

/// The switcher on the real wire, against a server that lies.
@Suite("on the wire", .timeLimit(.minutes(1)))
struct WireTests {
  /// A switcher and what it reports.
  final class Client: Sendable {
    let switcher: OBSSwitcher
    private let reports = Mutex<[(report: SwitcherReport, time: ContinuousClock.Instant)]>([])
    let loop = MultiThreadedEventLoopGroup.singleton.next()

    init(_ address: OBSAddress, password: String? = "secret", trusting roots: NIOSSLTrustRoots = .default) {
      switcher = OBSSwitcher(address: address, password: password, eventLoop: loop, trusting: roots)
      loop.execute { [self] in switcher.start { report in self.reports.withLock { $0.append((report, .now)) } } }
    }

    deinit { loop.execute { [switcher] in switcher.stop() } }

    var all: [SwitcherReport] { reports.withLock { $0.map(\.report) } }
    /// When each was reported, on the switcher's own loop.
    var times: [ContinuousClock.Instant] { reports.withLock { $0.map(\.time) } }

    /// Waits until the link is down and says why.
    func down(_ location: SourceLocation = #_sourceLocation) async throws -> (reason: String, isFinal: Bool) {
      let deadline = ContinuousClock.now + .seconds(10)
      while ContinuousClock.now < deadline {
        for case .link(.down(let reason, let isFinal)) in all { return (reason, isFinal) }
        try await Task.sleep(for: .milliseconds(5))
      }
      Issue.record("the link did not go down: \(all)", sourceLocation: location)
      return ("", false)
    }
  }

  private func client(of server: LyingServer, isSecure: Bool = false) -> Client {
    Client(OBSAddress(host: "127.0.0.1", port: server.port, isSecure: isSecure))
  }

  @Test("a Hello in the same packet as the answer to the upgrade is heard")
  func together() async throws {
    let server = try await LyingServer([.upgrade(and: hello), .bytes(close(4009))])
    let down = try await client(of: server).down()
    #expect(down == (CloseCode.wrongPassword, true))
    #expect(server.bytesHeard > 200)
  }

  @Test(
    "each close code is told, and forbids another attempt or not",
    arguments: [
      (4002, true), (4008, true), (4009, true), (4010, true), (4011, true), (4012, true), (1001, false), (1011, false),
      (4000, false),
    ] as [(UInt16, Bool)])
  func closes(code: UInt16, isFinal: Bool) async throws {
    let server = try await LyingServer([.upgrade(and: hello), .bytes(close(code))])
    let client = client(of: server)
    let down = try await client.down()
    #expect(down.isFinal == isFinal)
    #expect(down.reason.hasPrefix(CloseCode(rawValue: code).reason(text: "words")))
    guard isFinal else { return }
    try await Task.sleep(for: .milliseconds(400))  // longer than the first wait
    #expect(server.connections == 1)
  }

  @Test(
    "something else than OBS is told and not tried again",
    arguments: [
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
      "SSH-2.0-OpenSSH_9.2\r\n",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
    ])
  func otherServers(reply: String) async throws {
    let server = try await LyingServer([.bytes(Array(reply.utf8))])
    let down = try await client(of: server).down()
    #expect(down.isFinal)
    #expect(down.reason.contains("is not OBS's WebSocket server"))
  }

  @Test("a server that says nothing is given up on within 3 seconds, and tried again")
  func silent() async throws {
    let server = try await LyingServer([])
    let client = client(of: server)
    let down = try await client.down()
    // The wait above is held up by other tests that keep the threads of tasks busy; the switcher's loop is not.
    #expect(client.times[1] - client.times[0] < .seconds(4))
    #expect(!down.isFinal)
    #expect(down.reason.contains("does not answer"))
  }

  @Test("a WebSocket server that does not greet, like obs-websocket 4, is told")
  func noHello() async throws {
    let server = try await LyingServer([.upgrade()])
    let down = try await client(of: server).down()
    #expect(!down.isFinal)
    #expect(down.reason.contains("obs-websocket 4"))
  }

  @Test(
    "nonsense of every kind is survived",
    arguments: [
      frame(1, Array("nonsense".utf8)), frame(1, []), frame(2, [0, 1, 2]),
      text(String(repeating: "[", count: 1_000_000)),
      frame(0, [1]), frame(3, [1]), frame(8, []), frame(8, [1]), frame(1, [1, 2, 3], length: 1000), frame(9, [1, 2]),
      frame(10, []), [0xff, 0xff, 0xff], text(#"{"op":9,"d":{"requestId":"1","results":[]}}"#), [0x81, 0xfe],
    ] as [[UInt8]])
  func nonsense(bytes: [UInt8]) async throws {
    let server = try await LyingServer([.upgrade(and: hello + bytes), .close, .close])
    let client = client(of: server)
    _ = try await client.down()
    #expect(!client.all.contains(.link(.up)))
  }

  @Test("a message of 20 MB is not held: the link goes down, in words")
  func huge() async throws {
    let server = try await LyingServer([.upgrade(and: hello + frame(1, [0x7b], length: 20 << 20))])
    let down = try await client(of: server).down()
    #expect(!down.isFinal)
    #expect(down.reason.contains("more than 16 MB"))
  }

  @Test("300 MB of events, names and answers that nobody asked for are not kept, and an order still goes through")
  func lies() async throws {
    let filling = String(repeating: "x", count: 15 << 20)
    let event = text(#"{"op":5,"d":{"eventType":"SomethingNew","eventData":{"a":"\#(filling)"}}}"#)
    let name = text(#"{"op":5,"d":{"eventType":"InputRemoved","eventData":{"inputName":"\#(filling)"}}}"#)
    let empty = text(#"{"op":9,"d":{"requestId":"1","results":[]}}"#)
    let answer = text(#"{"op":7,"d":{"requestId":"2","requestStatus":{"result":true,"code":100}}}"#)
    let rename = text(
      #"{"op":5,"d":{"eventType":"InputNameChanged","eventData":{"oldInputName":"a","inputName":"b"}}}"#)
    let fragment = frame(0, [UInt8](repeating: 0x78, count: 1 << 20), isLast: false)
    let server = try await LyingServer([
      .upgrade(and: hello), .bytes(text(#"{"op":2,"d":{"negotiatedRpcVersion":1}}"#)),
      // The first readings are answered with nothing, so that the link is up.
      .bytes(empty, flood: event + name, times: 10, last: Array(repeating: empty, count: 1000).flatMap { $0 } + rename),
      .bytes(answer + frame(1, [0x7B], isLast: false), flood: fragment, times: 20),
    ])
    let before = try ownMemory()
    let client = client(of: server)
    try await wait("the end of the flood") { client.all.contains(.update(.inputRenamed(from: "a", to: "b"))) }
    let order = Order(id: .init(rawValue: 1), command: .hotkey(name: "x"), reason: Reason("a test"))
    try await client.loop.submit { client.switcher.perform(order) }.get()
    try await wait("the answer") { client.all.contains(.answer(order.id, .taken)) }
    #expect(try ownMemory() - before < 120 << 10, "KiB")
    #expect(try await client.down().reason.contains("more than 16 MB"))
    #expect(client.all.count { if case .remark = $0 { true } else { false } } <= 2 * RemarkLimit.burst)
  }

  private func wait(_ what: String, until condition: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(40)
    while !condition() {
      try #require(ContinuousClock.now < end, "waited in vain: \(what)")
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// What this process has in memory that is its own, in KiB: proc_pid_status(5).
  private func ownMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
    return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
  }

  @Test("nothing listening is told with what to do, and tried again later and later")
  func refused() async throws {
    let began = ContinuousClock.now
    let client = Client(OBSAddress(host: "127.0.0.1", port: 1))
    let down = try await client.down()
    #expect(!down.isFinal)
    #expect(down.reason.contains("OBS is not running, or its WebSocket server is off"))
    #expect(down.reason.contains("Trying again in"))
    // Half to the whole of 250 ms, 500 ms, 1 s: four attempts take 875 ms at the least.
    while client.all.count(where: { $0 == .link(.connecting) }) < 4 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(ContinuousClock.now - began >= .milliseconds(875))
  }

  @Test("a host without an address is told")
  func unknownHost() async throws {
    let down = try await Client(OBSAddress(host: "nobody.invalid")).down()
    #expect(down.reason.contains("cannot be found"))
  }

  @Test("TLS with a certificate that nobody vouches for is not trusted, and not tried again")
  func selfSigned() async throws {
    let server = try await LyingServer(certificate: SelfSigned.forLocalhost, [.upgrade(and: hello)])
    let down = try await client(of: server, isSecure: true).down()
    #expect(down.isFinal)
    #expect(down.reason.contains("certificate"))
    #expect(server.bytesHeard == 0)
  }

  @Test(
    "TLS with a certificate that is vouched for is taken where it is of this host and of today, and else not tried again",
    arguments: [
      (SelfSigned.forLocalhost, true), (SelfSigned.forAnotherName, false), (SelfSigned.expired, false),
    ], ["127.0.0.1", "localhost"])
  func vouchedFor(certificate: (pem: String, isGood: Bool), host: String) async throws {
    let server = try await LyingServer(certificate: certificate.pem, [.upgrade(and: hello), .bytes(close(4009))])
    let root = try NIOSSLCertificate(bytes: Array(certificate.pem.utf8), format: .pem)
    let client = Client(
      OBSAddress(host: host, port: server.port, isSecure: true), trusting: .certificates([root]))
    let down = try await client.down()
    #expect(down.isFinal)
    #expect((down.reason == CloseCode.wrongPassword) == certificate.isGood, "\(down.reason)")
    #expect(down.reason.contains("no trusted TLS connection") == !certificate.isGood, "\(down.reason)")
    #expect((server.bytesHeard > 0) == certificate.isGood)
  }

  @Test("TLS asked of a server that has none is told")
  func noTLS() async throws {
    let server = try await LyingServer([.bytes(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))])
    let down = try await client(of: server, isSecure: true).down()
    #expect(down.isFinal)
    #expect(down.reason.contains("obs://"))
  }

  @Test("after stop nothing is reported, and the connection is closed")
  func stop() async throws {
    let server = try await LyingServer([.upgrade()])
    let client = client(of: server)
    while server.bytesHeard == 0 { try await Task.sleep(for: .milliseconds(2)) }
    try await client.loop.submit { client.switcher.stop() }.get()
    let before = client.all
    try await Task.sleep(for: .milliseconds(400))
    #expect(client.all == before)
    #expect(server.connections == 1)
  }

  @Test("the password is nowhere to be read")
  func password() async throws {
    let server = try await LyingServer([.upgrade(and: hello), .bytes(close(4009))])
    let client = Client(OBSAddress(host: "127.0.0.1", port: server.port), password: "opensesame")
    _ = try await client.down()
    #expect(!"\(client.all) \(client.switcher) \(client.switcher.name)".contains("opensesame"))
  }

  @Test("orders without a link are answered at once")
  func noLink() async throws {
    let client = Client(OBSAddress(host: "127.0.0.1", port: 1))
    try await client.loop.submit {
      client.switcher.perform(Order(id: .init(rawValue: 1), command: .cut, reason: Reason("a test")))
    }.get()
    #expect(client.all.contains(.answer(.init(rawValue: 1), .refused("there is no link to OBS"))))
  }
}
