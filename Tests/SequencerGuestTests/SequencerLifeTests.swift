import ALSASequencer
import Glibc
import LiveSupport
import MIDI
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

    @Test("a handle that breaks is said, and another is opened that hears the same ports")
    func broken() throws {
      let output = try SequencerOutput()
      let others = try Guest.openFiles
      let listener = try Listener(to: "Midi Through")
      defer { listener.stop() }
      let through = try listener.connection()
      // Breaks the input's handle: a directory can be polled, but not read.
      let handle = try #require(Guest.openFiles.first { $0.value == "/dev/snd/seq" && others[$0.key] == nil }).key
      let directory = open("/", O_RDONLY)
      dup2(directory, handle)
      close(directory)
      try output.send(.change(1, 1), to: through.address)  // wakes it
      try listener.connection(number: 2)
      try output.send(.change(2, 2), to: through.address)
      try listener.wait(for: .change(2, 2))
      #expect(listener.events == [.change(2, 2)])
      let failure = SequencerNews.failure(.failed(call: "snd_seq_event_input", errno: EISDIR))
      #expect(
        listener.news.prefix(6) == [
          .connected(through), .listening, .disconnected(through.address), failure, .connected(through), .listening,
        ])
    }

    @Test("fifty starts and stops leave no file open")
    func leaks() throws {
      func once() throws {
        let listener = try Listener()
        _ = try SequencerOutput()
        listener.stop()
      }
      try once()
      let before = try Guest.openFiles.count
      for _ in 1...50 { try once() }
      #expect(try Guest.openFiles.count == before)
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
