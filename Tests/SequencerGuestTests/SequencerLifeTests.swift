import ALSASequencer
import Glibc
import Testing

extension RealSequencer {
  @Suite("beginning and end")
  struct Life {
    @Test("stop ends the thread at once")
    func stop() throws {
      let listener = try Listener()
      #expect(try Guest.threads.contains("midi-in"))
      let began = ContinuousClock.now
      listener.stop()
      let took = began.duration(to: .now)
      #expect(took < .milliseconds(500), "software emulation included, it took \(took)")
      try threadIsGone()
      listener.stop()
    }

    /// The kernel lists a thread for a moment after it was joined.
    private func threadIsGone() throws {
      _ = try Guest.wait(for: "the thread to vanish") { try Guest.threads.contains("midi-in") ? nil : true }
    }

    @Test("fifty starts and stops leave no file open")
    func leaks() throws {
      func once() throws {
        let listener = try Listener()
        _ = try SequencerOutput()
        listener.stop()
      }
      try once()
      let before = try Guest.openFiles
      for _ in 1...50 { try once() }
      #expect(try Guest.openFiles == before)
      try threadIsGone()
    }

    @Test("a user outside the group audio is told how to join it")
    func permission() throws {
      try #require(geteuid() == 0, "run as root")
      seteuid(65534)
      defer { seteuid(0) }
      #expect(throws: SequencerError.noPermission) { try Sequencer.ports() }
      #expect(SequencerError.noPermission.description.contains("usermod -aG audio"))
    }
  }
}
