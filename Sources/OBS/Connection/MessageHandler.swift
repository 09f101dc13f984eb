import NIOCore
import NIOWebSocket

/// Turns WebSocket frames into messages and back.
final class MessageHandler: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = Message
  typealias OutboundOut = ByteBuffer

  enum Message {
    case text(Outgoing)
    case ping
    case close
  }

  /// What happens on a connection.
  enum Event: Sendable {
    case message(ByteBuffer)
    case pong
    /// The last of all: the close code, if there was one, or what went wrong.
    case closed(CloseCode?, text: String, (any Error)?)
  }

  private let report: (Event) -> Void
  private var frames = FrameWriter()
  /// Where frames are written as bytes, past what would make frames of messages again.
  private var wire: ChannelHandlerContext?
  private var error: (any Error)?
  private var isClosed = false

  init(reporting report: @escaping (Event) -> Void) { self.report = report }

  /// A connection that ended within the answer to the upgrade ends here only once: before there is a handler for messages.
  func handlerAdded(context: ChannelHandlerContext) {
    wire = try? context.pipeline.syncOperations.context(handlerType: WebSocketFrameEncoder.self)
    if !context.channel.isActive { closed(nil, text: "", nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { wire = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var frame = unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary: report(.message(frame.unmaskedData))
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
    // Made here, so that nobody else holds it and its mask can be laid over it in place.
    case .text(let message): send(.text, message.encoded(), context, promise)
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
    _ opcode: WebSocketOpcode, _ data: consuming ByteBuffer, _ context: ChannelHandlerContext,
    _ promise: EventLoopPromise<Void>? = nil
  ) {
    let frame = frames.frame(opcode, data)
    (wire ?? context).writeAndFlush(wrapOutboundOut(frame), promise: promise)
  }
}
