import ALSASequencer
import LiveSupport
import Synchronization
import Testing

/// Where there is no sequencer: most machines that build this.
@Suite("without a sequencer", .enabled(if: !Guest.isHere && !Guest.hasSequencer))
struct NoSequencer {
  @Test("the ports cannot be listed, and the error says what to do")
  func ports() {
    #expect(throws: SequencerError.noSequencer) { try Sequencer.ports() }
    #expect(SequencerError.noSequencer.description.contains("sudo modprobe snd_seq"))
  }

  @Test("the input says so once and tries on")
  func input() throws {
    let news = Mutex<[SequencerNews]>([])
    let input = try SequencerInput(recognises: { _ in true }, report: { one in news.withLock { $0.append(one) } })
    _ = try Guest.wait(for: "the failure") { news.withLock { $0.first } }
    // Longer than the first two pauses between attempts: 100 and 200 ms.
    #expect(Guest.look(for: .milliseconds(400)) { news.withLock { $0.count > 1 ? true : nil } } == nil)
    input.stop()
    #expect(news.withLock { $0 } == [.failure(.noSequencer)])
  }
}
