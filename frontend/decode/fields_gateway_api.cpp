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
  hostnames: [route-host 1..253] 0..16
  parentRefs: [ParentRef] 0..32
  rules: [GrpcRule] 0..16
  useDefaultGateways: All|None

GrpcRule
  backendRefs: [GrpcBackendRef] 0..16
  filters: [GrpcFilter] 0..16
  matches: [GrpcMatch] 0..64
  name: dns-name
  sessionPersistence: SessionPersistence

GrpcMatch
  headers: [HeaderMatch] 0..16
  method: GrpcMethod

GrpcMethod
  method: string 0..1024
  service: string 0..1024
  type: Exact|RegularExpression

GrpcBackendRef
  filters: [GrpcFilter] 0..16
  group: string
  kind: string
  name!: string 1..253
  namespace: dns-label
  port: int
  weight: int 0..1000000

GrpcFilter
  extensionRef: LocalRef
  requestHeaderModifier: HeaderModifier
  requestMirror: RequestMirror
  responseHeaderModifier: HeaderModifier
  type!: ResponseHeaderModifier|RequestHeaderModifier|RequestMirror|ExtensionRef

HTTPRoute: Object
  spec: HTTPRouteSpec

HTTPRouteSpec
  hostnames: [route-host 1..253] 0..16
  parentRefs: [ParentRef] 0..32
  rules: [HttpRouteRule] 0..16
  useDefaultGateways: All|None

HttpRouteRule
  backendRefs: [HttpBackendRef] 0..16
  filters: [HttpRouteFilter] 0..16
  matches: [HttpRouteMatch] 0..64
  name: dns-name
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
  codes: [int 400..599]

HttpRouteMatch
  headers: [HeaderMatch] 0..16
  method: GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH
  path: PathMatch
  queryParams: [QueryMatch] 0..16

PathMatch
  type: Exact|PathPrefix|RegularExpression
  value: string 0..1024

HeaderMatch
  name!: header-name 1..256
  type: Exact|RegularExpression
  value!: string 1..4096

QueryMatch
  name!: header-name 1..256
  type: Exact|RegularExpression
  value!: string 1..1024

HttpBackendRef
  filters: [HttpRouteFilter] 0..16
  group: string
  kind: string
  name!: string 1..253
  namespace: dns-label
  port: int
  weight: int 0..1000000

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
  hostname: precise-host 1..253
  path: PathModifier

RequestRedirect
  hostname: precise-host 1..253
  path: PathModifier
  port: int
  scheme: http|https
  statusCode: int

PathModifier
  replaceFullPath: string 0..1024
  replacePrefixMatch: string 0..1024
  type!: ReplaceFullPath|ReplacePrefixMatch

RequestMirror
  backendRef!: BackendRef
  fraction: Fraction
  percent: int 0..100

Fraction
  denominator: int 1..2147483647
  numerator!: int 0..2147483647

HeaderModifier
  add: [HeaderValue] 0..16
  remove: [string] 0..16
  set: [HeaderValue] 0..16

HeaderValue
  name!: header-name 1..256
  value!: string 1..4096

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
  name!: string 1..253
  namespace: dns-label
  port: int

LocalRef
  group!: string
  kind!: string
  name!: string

Cors
  allowCredentials: bool
  allowHeaders: [header-name 1..256] 0..64
  allowMethods: [GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|*]
  allowOrigins: [origin 1..253] 0..64
  exposeHeaders: [header-name 1..256] 0..64
  maxAge: int 1..2147483647

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
  parentRefs: [ParentRef] 0..32
  rules!: [L4RouteRule] 1..16
  useDefaultGateways: All|None

TLSRoute: Object
  spec: TLSRouteSpec

TLSRouteSpec
  hostnames: [route-host 1..253] 0..1024
  parentRefs: [ParentRef] 0..32
  rules!: [L4RouteRule] 1..16
  useDefaultGateways: All|None

L4RouteRule
  backendRefs: [WeightedBackendRef] 0..16
  name: dns-name

WeightedBackendRef
  group: string
  kind: string
  name!: string 1..253
  namespace: dns-label
  port: int
  weight: int 0..1000000

ParentRef
  group: string
  kind: string
  name!: string 1..253
  namespace: dns-label
  port: int
  sectionName: string

ReferenceGrant: Object
  spec: ReferenceGrantSpec

ReferenceGrantSpec
  from!: [GrantFrom] 1..16
  to!: [GrantTo] 1..16

GrantTo
  group!: string
  kind!: string
  name: string 1..253

GrantFrom
  group!: string
  kind!: string
  namespace!: dns-label
)";

}  // namespace s2a
