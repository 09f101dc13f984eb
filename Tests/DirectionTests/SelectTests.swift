import Direction
import Mappings
import Switching
import Testing

@Suite("A select button")
struct SelectTests {
  private func desk(_ change: (inout SwitcherState) -> Void = { _ in }) throws -> TestDesk {
    var state = SwitcherState.test
    change(&state)
    return try TestDesk(
      Shipped.mapping(lines: "solo-1: scene 1 select", "solo-3: scene 3 select", "stop: autolive on"), state: state)
  }

  @Test("previews, and pressed again takes")
  func select() throws {
    var desk = try desk()
    desk.press("solo-3")
    desk.report(.update(.preview("Slides")))
    desk.press("solo-3")
    #expect(desk.commands == [#"scene "Slides" preview"#, "take"])
  }

  @Test("takes nothing that is not in preview by then: another scene, one put there elsewhere, or none confirmed yet")
  func notInPreview() throws {
    var desk = try desk()
    desk.press("solo-3")
    // Not confirmed: what would a take put on air?
    desk.press("solo-3")
    desk.report(.update(.preview("Slides")))
    desk.report(.update(.preview("Black")))
    desk.press("solo-3")
    desk.report(.update(.preview("Slides")))
    desk.press("solo-1")
    #expect(
      desk.commands == Array(repeating: #"scene "Slides" preview"#, count: 3) + [#"scene "Camera 1" preview"#])
  }

  @Test("with AutoLive goes on air at once; what is in preview already is taken")
  func autoLive() throws {
    var desk = try desk { $0.preview = "Slides" }
    desk.press("stop")
    desk.press("solo-1")
    desk.press("solo-3")
    #expect(desk.commands == [#"scene "Camera 1" take"#, "take"])
  }

  @Test("without a preview is refused with what to do, and never taken")
  func noPreviewBus() throws {
    var desk = try desk { ($0.preview, $0.previewBus) = (nil, false) }
    desk.press("solo-3")
    desk.press("solo-3")
    #expect(desk.orders.isEmpty)
    #expect(desk.refusal?.hasPrefix("the preview bus is off: turn it on") == true)
  }
}
