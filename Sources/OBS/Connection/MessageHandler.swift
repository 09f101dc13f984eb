import FoundationEssentials
import NIOCore
import NIOWebSocket

/// Turns WebSocket frames into messages and back.
final class MessageHandler: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = Message
  typealias OutboundOut = WebSocketFrame

  enum Message {
    case text(ByteBuffer)
    case ping
    case close
  }

  /// What happens on a connection.
  enum Event: Sendable {
    case message(Data)
    case pong
    /// The last of all: the close code, if there was one, or what went wrong.
    case closed(CloseCode?, text: String, (any Error)?)
  }

  private let report: (Event) -> Void
  private var error: (any Error)?
  private var isClosed = false

  init(reporting report: @escaping (Event) -> Void) { self.report = report }

  /// A connection that ended within the answer to the upgrade ends here only once: before there is a handler for messages.
  func handlerAdded(context: ChannelHandlerContext) {
    if !context.channel.isActive { closed(nil, text: "", nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var frame = unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary: report(.message(Data(frame.unmaskedData.readableBytesView)))
    case .pong: report(.pong)
    case .ping: send(.pong, frame.unmaskedData, context)
    case .connectionClose:
      let code = frame.data.readInteger(as: UInt16.self).map(CloseCode.init)
      closed(code, text: String(buffer: frame.data), nil)
      context.close(promise: nil)
    default: break
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .text(let bytes): send(.text, bytes, context, promise)
    case .ping: send(.ping, ByteBuffer(), context, promise)
    case .close: send(.connectionClose, ByteBuffer(integer: UInt16(1000)), context, promise)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    closed(nil, text: "", error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed(nil, text: "", nil)
    context.fireChannelInactive()
  }

  private func closed(_ code: CloseCode?, text: String, _ error: (any Error)?) {
    guard !isClosed else { return }
    isClosed = true
    report(.closed(code, text: text, error))
  }

  private func send(
    _ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext,
    _ promise: EventLoopPromise<Void>? = nil
  ) {
    // Clients mask what they send: RFC 6455, 5.3.
    let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
  }
}
