package io.fyercache.core.codec;

import java.util.List;

/**
 * Classes that published attacks on Java deserialization are made of: each either invokes what the stream tells it to, opens
 * a connection, writes a file, or loads code.
 *
 * <p>The list is compiled from the payloads of the public collections of such attacks and from the advisories of the
 * products that fell to them. It is a second line of defense: those lists are never complete, which is why
 * {@link ClassFilter.Mode#LISTED_ONLY} exists.
 */
final class RefusedClasses {
    static final ClassPatterns LIST = ClassPatterns.of(List.of(
            // The JDK: also refused for not being plain values, named here because a wildcard must not let them in.
            "com.sun.jndi.**",
            "com.sun.org.apache.bcel.internal.**",
            "com.sun.org.apache.xalan.internal.**",
            "com.sun.rowset.**",
            "java.beans.**",
            "java.lang.reflect.Proxy",
            "java.net.URL",
            "java.rmi.**",
            "java.security.SignedObject",
            "javax.crypto.SealedObject",
            "javax.management.**",
            "javax.naming.**",
            "javax.script.**",
            "javax.swing.**",
            "jdk.nashorn.**",
            "sun.misc.**",
            "sun.reflect.**",
            "sun.rmi.**",
            // Function objects and lazy collections that call methods named by the stream.
            "bsh.**",
            "clojure.*",
            "clojure.inspector.**",
            "com.alibaba.fastjson.**",
            "com.alibaba.fastjson2.**",
            "com.caucho.**",
            "com.fasterxml.jackson.databind.node.POJONode",
            "com.redhat.ceylon.**",
            "com.sun.syndication.feed.impl.**",
            "com.rometools.rome.feed.impl.**",
            "net.sf.json.**",
            "org.apache.click.**",
            "org.apache.commons.beanutils.**",
            "org.apache.commons.collections.comparators.**",
            "org.apache.commons.collections.functors.**",
            "org.apache.commons.collections.keyvalue.TiedMapEntry",
            "org.apache.commons.collections.map.LazyMap",
            "org.apache.commons.collections.map.DefaultedMap",
            "org.apache.commons.collections.map.TransformedMap",
            "org.apache.commons.collections4.comparators.**",
            "org.apache.commons.collections4.functors.**",
            "org.apache.commons.collections4.keyvalue.TiedMapEntry",
            "org.apache.commons.collections4.map.LazyMap",
            "org.apache.commons.collections4.map.DefaultedMap",
            "org.apache.commons.collections4.map.TransformedMap",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.codehaus.groovy.runtime.ConversionHandler",
            "org.codehaus.groovy.runtime.MethodClosure",
            "org.codehaus.groovy.runtime.CurriedClosure",
            "groovy.util.Expando",
            "org.jboss.interceptor.**",
            "org.jboss.weld.interceptor.**",
            "org.mozilla.javascript.**",
            "org.python.**",
            "scala.collection.immutable.LazyList",
            "scala.collection.immutable.LazyList$SerializationProxy",
            "scala.sys.process.**",
            "org.apache.myfaces.**",
            "com.sun.faces.**",
            "org.apache.el.**",
            "org.apache.wicket.util.**",
            "com.vaadin.data.util.**",
            "com.vaadin.v7.data.util.**",
            // Data sources and connection pools: JNDI look-ups and class loading from addresses in the stream.
            "com.mchange.**",
            "com.zaxxer.hikari.**",
            "com.mysql.cj.jdbc.admin.**",
            "oracle.jdbc.rowset.**",
            "oracle.jdbc.connector.**",
            "org.apache.commons.dbcp.**",
            "org.apache.commons.dbcp2.**",
            "org.apache.tomcat.dbcp.**",
            "org.apache.openjpa.ee.**",
            "org.apache.xbean.naming.**",
            "ch.qos.logback.core.db.**",
            "com.p6spy.**",
            // Files written or deleted, code loaded.
            "org.apache.commons.fileupload.**",
            "org.apache.bcel.**",
            "org.apache.xalan.**",
            "org.aspectj.weaver.**",
            "javassist.**",
            "net.bytebuddy.**",
            // Spring and Hibernate internals that invoke reflectively; their cache items are elsewhere.
            "org.springframework.aop.**",
            "org.springframework.beans.**",
            "org.springframework.core.SerializableTypeWrapper$MethodInvokeTypeProvider",
            "org.springframework.jndi.**",
            "org.springframework.remoting.**",
            "org.springframework.transaction.jta.**",
            "org.hibernate.engine.spi.TypedValue",
            "org.hibernate.jmx.**",
            "org.hibernate.property.**",
            "org.hibernate.tuple.component.**",
            // A constant-size stream that costs unbounded time to hash: n copies of n copies of ...
            "java.util.Collections$CopiesList"));

    private RefusedClasses() {}
}
