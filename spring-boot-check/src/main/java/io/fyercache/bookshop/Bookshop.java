package io.fyercache.bookshop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;

/** The application. As a process it opens the shop, serves {@link Visit one customer}, prints what happened, and closes. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
public class Bookshop {
    Bookshop() {}

    public static void main(String[] args) throws UnknownBookException {
        try (ConfigurableApplicationContext shop = SpringApplication.run(Bookshop.class, args)) {
            shop.getBean(Visit.class).describe().forEach(System.out::println);
        }
    }
}
