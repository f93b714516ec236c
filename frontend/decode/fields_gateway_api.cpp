// Fields of gateway.networking.k8s.io, both channels.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kGatewayApiFields = R"(
K8sGateway: Object
  spec: K8sGatewaySpec

K8sGatewaySpec
  addresses: [GatewayAddress]
  allowedListeners: AllowedListeners
  defaultScope: All|None
  gatewayClassName!: string
  infrastructure: GatewayInfrastructure
  listeners!: [K8sListener]
  tls: GatewayTls

GatewayTls
  backend: BackendTls
  frontend: FrontendTls

FrontendTls
  default!: FrontendTlsConfig
  perPort: [FrontendPortTls]

FrontendPortTls
  port!: int
  tls!: FrontendTlsConfig

FrontendTlsConfig
  validation: FrontendValidation

FrontendValidation
  caCertificateRefs!: [ParametersRef]
  mode: AllowValidOnly|AllowInsecureFallback

BackendTls
  clientCertificateRef: SecretRef

K8sListener
  allowedRoutes: AllowedRoutes
  hostname: string
  name!: string
  port!: int
  protocol!: string
  tls: ListenerTls

ListenerTls
  certificateRefs: [SecretRef]
  mode: Terminate|Passthrough
  options: {string}
  frontendValidation: ListenerFrontendValidation

ListenerFrontendValidation
  caCertificateRefs: [ParametersRef]

SecretRef
  group: string
  kind: string
  name!: string
  namespace: string

AllowedRoutes
  kinds: [RouteKind]
  namespaces: RouteNamespaces

RouteNamespaces
  from: All|Selector|Same
  selector: LabelSelector

RouteKind
  group: string
  kind!: string

GatewayInfrastructure
  annotations: {string}
  labels: labels
  parametersRef: LocalRef

AllowedListeners
  namespaces: ListenerNamespaces

ListenerNamespaces
  from: All|Selector|Same|None
  selector: LabelSelector

LabelSelector
  matchExpressions: [LabelExpression]
  matchLabels: labels

LabelExpression
  key!: string
  operator!: string
  values: [string]

GatewayAddress
  type: string
  value: string

GRPCRoute: Object
  spec: GRPCRouteSpec

GRPCRouteSpec
  hostnames: [string]
  parentRefs: [ParentRef]
  rules: [GrpcRule]
  useDefaultGateways: All|None

GrpcRule
  backendRefs: [GrpcBackendRef]
  filters: [GrpcFilter]
  matches: [GrpcMatch]
  name: string
  sessionPersistence: SessionPersistence

GrpcMatch
  headers: [ValueMatch]
  method: GrpcMethod

GrpcMethod
  method: string
  service: string
  type: Exact|RegularExpression

GrpcBackendRef
  filters: [GrpcFilter]
  group: string
  kind: string
  name!: string
  namespace: string
  port: int
  weight: int

GrpcFilter
  extensionRef: LocalRef
  requestHeaderModifier: HeaderModifier
  requestMirror: RequestMirror
  responseHeaderModifier: HeaderModifier
  type!: ResponseHeaderModifier|RequestHeaderModifier|RequestMirror|ExtensionRef

HTTPRoute: Object
  spec: HTTPRouteSpec

HTTPRouteSpec
  hostnames: [string]
  parentRefs: [ParentRef]
  rules: [HttpRouteRule]
  useDefaultGateways: All|None

HttpRouteRule
  backendRefs: [HttpBackendRef]
  filters: [HttpRouteFilter]
  matches: [HttpRouteMatch]
  name: string
  retry: HttpRouteRetry
  sessionPersistence: SessionPersistence
  timeouts: HttpRouteTimeouts

HttpRouteTimeouts
  backendRequest: gateway-duration
  request: gateway-duration

SessionPersistence
  absoluteTimeout: gateway-duration
  cookieConfig: CookieConfig
  sessionName: string
  type: Cookie|Header
  idleTimeout: gateway-duration

CookieConfig
  lifetimeType: Permanent|Session

HttpRouteRetry
  attempts: int
  backoff: gateway-duration
  codes: [int]

HttpRouteMatch
  headers: [ValueMatch]
  method: GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH
  path: PathMatch
  queryParams: [ValueMatch]

PathMatch
  type: Exact|PathPrefix|RegularExpression
  value: string

ValueMatch
  name!: string
  type: Exact|RegularExpression
  value!: string

HttpBackendRef
  filters: [HttpRouteFilter]
  group: string
  kind: string
  name!: string
  namespace: string
  port: int
  weight: int

HttpRouteFilter
  cors: Cors
  extensionRef: LocalRef
  externalAuth: ExternalAuth
  requestHeaderModifier: HeaderModifier
  requestMirror: RequestMirror
  requestRedirect: RequestRedirect
  responseHeaderModifier: HeaderModifier
  type!: RequestHeaderModifier|ResponseHeaderModifier|RequestMirror|RequestRedirect|URLRewrite|ExtensionRef|CORS|ExternalAuth
  urlRewrite: UrlRewrite

UrlRewrite
  hostname: string
  path: PathModifier

RequestRedirect
  hostname: string
  path: PathModifier
  port: int
  scheme: http|https
  statusCode: int

PathModifier
  replaceFullPath: string
  replacePrefixMatch: string
  type!: ReplaceFullPath|ReplacePrefixMatch

RequestMirror
  backendRef!: BackendRef
  fraction: Fraction
  percent: int

Fraction
  denominator: int
  numerator!: int

HeaderModifier
  add: [HeaderValue]
  remove: [string]
  set: [HeaderValue]

HeaderValue
  name!: string
  value!: string

ExternalAuth
  backendRef!: BackendRef
  forwardBody: ForwardBody
  grpc: ExternalAuthGrpc
  http: ExternalAuthHttp
  protocol!: HTTP|GRPC

ExternalAuthHttp
  allowedHeaders: [string]
  allowedResponseHeaders: [string]
  path: string

ExternalAuthGrpc
  allowedHeaders: [string]

ForwardBody
  maxSize: int

BackendRef
  group: string
  kind: string
  name!: string
  namespace: string
  port: int

LocalRef
  group!: string
  kind!: string
  name!: string

Cors
  allowCredentials: bool
  allowHeaders: [string]
  allowMethods: [GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|*]
  allowOrigins: [string]
  exposeHeaders: [string]
  maxAge: int

GatewayClass: Object
  spec: GatewayClassSpec

GatewayClassSpec
  controllerName!: string
  description: string
  parametersRef: ParametersRef

ParametersRef
  group!: string
  kind!: string
  name!: string
  namespace: string

TCPRoute: Object
  spec: TCPRouteSpec

TCPRouteSpec
  parentRefs: [ParentRef]
  rules!: [L4RouteRule]
  useDefaultGateways: All|None

TLSRoute: Object
  spec: TLSRouteSpec

TLSRouteSpec
  hostnames: [string]
  parentRefs: [ParentRef]
  rules!: [L4RouteRule]
  useDefaultGateways: All|None

L4RouteRule
  backendRefs: [WeightedBackendRef]
  name: string

WeightedBackendRef
  group: string
  kind: string
  name!: string
  namespace: string
  port: int
  weight: int

ParentRef
  group: string
  kind: string
  name!: string
  namespace: string
  port: int
  sectionName: string

ReferenceGrant: Object
  spec: ReferenceGrantSpec

ReferenceGrantSpec
  from!: [GrantFrom]
  to!: [GrantTo]

GrantTo
  group!: string
  kind!: string
  name: string

GrantFrom
  group!: string
  kind!: string
  namespace!: string
)";

}  // namespace s2a
