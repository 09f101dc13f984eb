import Switching
import Testing

@Suite("What a switcher has confirmed")
struct SwitcherStateTests {
  @Test("an update changes what it speaks of and nothing else")
  func updates() {
    var state = SwitcherState()
    state.inputs = [AudioInput(name: "A"), AudioInput(name: "B")]
    state.apply(.level(input: "B", Decibels(-6)))
    state.apply(.muted(input: "A", true))
    state.apply(.output(.stream, .starting))
    #expect(state.inputs == [AudioInput(name: "A", isMuted: true), AudioInput(name: "B", level: Decibels(-6))])
    #expect(state.outputs == [.stream: .starting])
  }

  @Test("an update about something unknown is kept out")
  func unknown() {
    var state = SwitcherState()
    state.apply(.level(input: "nobody", .unity))
    #expect(state == SwitcherState())
  }

  @Test("with the preview bus off nothing is in preview")
  func previewBusOff() {
    var state = SwitcherState()
    state.preview = "A"
    state.apply(.previewBus(false))
    #expect(state.preview == nil)
  }

  @Test("a rename reaches program, preview, lists, items and filters, and old names lead to the new one")
  func rename() {
    var state = SwitcherState()
    (state.program, state.preview, state.scenes) = ("A", "A", ["A", "B"])
    state.items = [.init(scene: "A", name: "X"): true, .init(scene: "B", name: "A"): false]
    state.filters = [.init(source: "A", name: "F"): true]
    state.apply(.sceneRenamed(from: "A", to: "C"))
    #expect((state.program, state.preview) == ("C", "C"))
    #expect(state.scenes == ["C", "B"])
    #expect(state.items == [.init(scene: "C", name: "X"): true, .init(scene: "B", name: "C"): false])
    #expect(state.filters == [.init(source: "C", name: "F"): true])
    state.apply(.sceneRenamed(from: "C", to: "D"))
    #expect(state.renamed["A"] == "D")
    state.apply(.sceneRenamed(from: "D", to: "A"))
    #expect(state.renamed["A"] == "A")
  }

  @Test(
    "levels print as people say them",
    arguments: [
      (0, "0.0 dB"), (-12.34, "-12.3 dB"), (-0.04, "0.0 dB"), (6, "6.0 dB"), (-.infinity, "silence"),
      (1e300, "1e+300 dB"), (.nan, "nan dB"),
    ]
      as [(Double, String)])
  func decibels(value: Double, text: String) { #expect(Decibels(value).description == text) }

  @Test(
    "a reason puts names in their places",
    arguments: [("% → %", "A → B"), ("%", "A"), ("@ and %", "\"A\" and B"), ("none", "none")])
  func reasons(template: String, text: String) { #expect(Reason(template, "A", "B").description == text) }

  @Test(
    "a fader's law is silence at the bottom, unity at the top, and reads back",
    arguments: [FaderLaw.logarithmic, .decibel])
  func faderLaw(law: FaderLaw) {
    #expect(law.level(at: 0) == .silence)
    #expect(law.level(at: 1) == .unity)
    for position in 1..<127 {
      let deflection = Double(position) / 127
      #expect(abs(law.deflection(of: law.level(at: deflection)) - deflection) < 1e-9)
    }
  }
}
