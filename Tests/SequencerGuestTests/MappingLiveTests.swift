import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  @Test(
    "mapping and surface are replaced again and again under a hand that presses twenty times a second: each is told once"
  )
  func mappingLive() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "live-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Mappings/korg-nanokontrol2")
    let (mapping, surface) = (folder.appending(path: "scenes.yaml"), folder.appending(path: "surface.yaml"))
    let texts = try [mapping, surface].map {
      try String(contentsOf: shipped.appending(path: $0.lastPathComponent), encoding: .utf8)
    }
    func write(_ number: Int) throws {
      for (file, text) in zip([mapping, surface], texts) where file == mapping || number % 3 == 0 {
        try Data("\(text)# \(number)\n".utf8).write(to: file, options: number % 2 == 0 ? .atomic : [])
      }
    }
    try write(0)
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let bridge = try Bridge(["run", "--switcher", "rehearsal:", "--mapping", mapping.path])
    defer { bridge.clear() }
    try controller.awaitLight(64)
    let count = 100
    for _ in 0..<count {
      try controller.press(48)
      try controller.tell("sleep 0.05")
    }
    for number in 1...12 {
      try write(number)
      // Longer than a file has to be quiet before it is read.
      Thread.sleep(forTimeInterval: 0.4)
    }
    try controller.press(49)
    try bridge.awaitWords("mute-2 pressed")
    try bridge.awaitWords("the mapping is read again", times: 5)
    let told = bridge.told.filter { $0.contains("mute-1 pressed") && !$0.contains("after all") }
    #expect(told.count == count, "\(told)")
    #expect(!bridge.told.contains { $0.contains("stays as it was") }, "\(bridge.told)")
    #expect(bridge.interrupt() == 0)
  }
}
